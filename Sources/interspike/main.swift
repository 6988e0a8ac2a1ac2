print("interspike")
