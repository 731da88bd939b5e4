/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/lmdb_p.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int
sync_file(const char *path)
{
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  const int code = fd < 0 || fsync(fd) ? errno : 0;
  if (fd >= 0) {
    (void)close(fd);
  }
  return code;
}

/* Copy the last commit to a file, without holes. */
static DgStatus
copy_data(DgLmdb *db, const char *path, DgDiag *diag)
{
  DG_TRY(db->base.class_->read_begin(&db->base, diag));
  int code = mdb_env_copy2(db->file->env, path, MDB_CP_COMPACT);
  db->base.class_->read_end(&db->base);
  code = code ? code : sync_file(path);
  return code ? dg_lmdb_failure(diag, db->folder, "copy", code) : DG_OK;
}

/* The copy was taken just after its file had been exchanged for another. */
static bool
has_moved(const char *folder, const char *name)
{
  DgLmdbFile *file = NULL;
  bool moved = false;
  if (dg_lmdb_file_named(folder, name, false, NULL, &file, NULL) == DG_OK) {
    MDB_txn *txn = NULL;
    if (!dg_lmdb_file_begin(file, false, &txn)) {
      moved = dg_lmdb_file_moved(file, txn).ptr != NULL;
      mdb_txn_abort(txn);
      dg_lmdb_file_ended(file, false);
    }
  }
  dg_lmdb_file_release(file);
  return moved;
}

/* Put a copy of the store's data under a name in a folder. */
static DgStatus
copy_to(DgLmdb *db, const char *folder, const char *name, DgDiag *diag)
{
  char *const path = dg_lmdb_path(folder, name);
  DG_TRY_PTR(path);
  DgStatus status = copy_data(db, path, diag);
  if (status == DG_OK && has_moved(folder, name)) {
    dg_lmdb_remove_data(folder, name);
    status = copy_data(db, path, diag);
  }
  free(path);
  if (status != DG_OK) {
    dg_lmdb_remove_data(folder, name);
  }
  return status;
}

DgStatus
dg_lmdb_backup(DgDataset *store, const char *folder, DgDiag *diag)
{
  if (mkdir(folder, 0777)) {
    const int error = errno;
    if (error == EEXIST) {
      (void)dg_diag_set(diag, DG_CONFLICT, "is there already");
      dg_diag_source(diag, folder);
      return DG_CONFLICT;
    }
    return dg_lmdb_failure(diag, folder, "create", error);
  }
  DgStatus status = copy_to(dg_lmdb_of(store), folder, "1.lmdb", diag);
  status =
      status == DG_OK ? dg_lmdb_set_current(folder, "1.lmdb", diag) : status;
  if (status != DG_OK) {
    dg_lmdb_remove_data(folder, "1.lmdb");
    (void)rmdir(folder);
  }
  return status;
}

DgStatus
dg_lmdb_restore(DgDataset *store, DgDataset *backup, DgDiag *diag)
{
  DgLmdb *const db = dg_lmdb_of(store);
  int lock = -1;
  DG_TRY(dg_lmdb_lock_folder(db->folder, &lock, diag));
  DgStatus status = store->class_->write_begin(store, diag);
  if (status == DG_OK) {
    char *const name = dg_lmdb_next_name(db->file);
    status = name ? copy_to(dg_lmdb_of(backup), db->folder, name, diag)
                  : DG_NO_MEMORY;
    status = status == DG_OK ? dg_lmdb_exchange(db, name, diag) : status;
    if (status != DG_OK && name) {
      dg_lmdb_remove_data(db->folder, name);
    }
    store->class_->write_rollback(store);
    free(name);
  }
  (void)close(lock);
  return status;
}
