import Glibc

print("interspike")
