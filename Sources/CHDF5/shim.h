#pragma once
// Where Debian and Ubuntu keep the library without MPI; its headers find each other from there.
#include <hdf5/serial/hdf5.h>

// Macros of HDF5 do not reach Swift; these functions stand for them.

static inline hid_t hdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t hdf5_dataset_creation(void) { return H5P_DATASET_CREATE; }
static inline hid_t hdf5_group_creation(void) { return H5P_GROUP_CREATE; }
static inline hid_t hdf5_default_properties(void) { return H5P_DEFAULT; }
static inline hid_t hdf5_whole_space(void) { return H5S_ALL; }
static inline unsigned hdf5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned hdf5_truncate(void) { return H5F_ACC_TRUNC; }

/// Types in files.
static inline hid_t hdf5_float32(void) { return H5T_IEEE_F32LE; }
static inline hid_t hdf5_float64(void) { return H5T_IEEE_F64LE; }
static inline hid_t hdf5_int64(void) { return H5T_STD_I64LE; }

/// Types in memory.
static inline hid_t hdf5_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t hdf5_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t hdf5_native_int64(void) { return H5T_NATIVE_INT64; }

/// A new type for text of `size` bytes; to be closed.
static inline hid_t hdf5_make_text_type(size_t size, H5T_cset_t characters) {
  hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, size);
  H5Tset_strpad(type, H5T_STR_NULLPAD);
  H5Tset_cset(type, characters);
  return type;
}

/// Whether a member of a group lies in the same file, under no other name.
static inline int hdf5_is_hard_link(hid_t group, const char *name) {
  H5L_info_t information;
  return H5Lget_info(group, name, &information, H5P_DEFAULT) >= 0 &&
         information.type == H5L_TYPE_HARD;
}

/// Is told the name of a member of a group; the text lasts only so long.
typedef void (*hdf5_name_visitor)(void *context, const char *name);

struct hdf5_name_visit {
  hdf5_name_visitor visitor;
  void *context;
};

static inline herr_t hdf5_visit_name(
    hid_t group, const char *name, const H5L_info_t *information, void *visit) {
  (void)group;
  (void)information;
  struct hdf5_name_visit *one = (struct hdf5_name_visit *)visit;
  one->visitor(one->context, name);
  return 0;
}

/// Calls `visitor` for each member of a group in order of their names; negative if that fails.
static inline herr_t hdf5_visit_names(hid_t group, hdf5_name_visitor visitor, void *context) {
  struct hdf5_name_visit visit = {visitor, context};
  return H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, hdf5_visit_name, &visit);
}

/// Whether a group has a member of that name.
static inline int hdf5_has(hid_t group, const char *name) {
  return H5Lexists(group, name, H5P_DEFAULT) > 0;
}

/// Keeps the library from printing what went wrong in this thread.
static inline void hdf5_be_silent(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }
