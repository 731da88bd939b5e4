/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/lmdb_p.h"

#include "base/io.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * A store's folder holds
 *
 *   current        "dealgraph store, format 1", and the data file's name
 *   N.lmdb         the data
 *   N.lmdb-lock    LMDB's table of readers
 *   lock           locked while files are made or exchanged
 *
 * A bulk load, a compaction or a restore writes a new data file N+1. Its one
 * moment of truth is a commit in the old file that says "moved N+1": whoever
 * has the old file open sees it with the next transaction, and whoever finds
 * `current` still naming the old file follows it.
 *
 * A process must not open an LMDB file twice, since POSIX drops all locks of a
 * process when it closes any descriptor of the file. Hence the list of open
 * files, the one variable of the process that the program has.
 */
static pthread_mutex_t files_mutex = PTHREAD_MUTEX_INITIALIZER;
static DgLmdbFile *files;

static const char current_name[] = "current";
static const char current_head[] = "dealgraph store, format ";

#define MAP_MOST ((size_t)1 << 40)
#define MAP_LEAST ((size_t)1 << 26)
enum { MAX_READERS = 1022, MAX_HOPS = 16, RESIZE_WAIT = 10 /* seconds */ };

static const struct {
  const char *name;
  unsigned flags;
} tables[DG_LMDB_TABLES] = {
  { "spog", 0 },
  { "posg", 0 },
  { "ospg", 0 },
  { "gspo", 0 },
  { "gpos", 0 },
  { "gosp", 0 },
  [DG_LMDB_TERMS] = { "terms", MDB_INTEGERKEY },
  [DG_LMDB_HASHES] = { "hashes", MDB_INTEGERKEY | MDB_DUPSORT | MDB_DUPFIXED |
                                     MDB_INTEGERDUP },
  [DG_LMDB_COUNTS] = { "counts", 0 },
  [DG_LMDB_JOURNAL] = { "journal", 0 },
  [DG_LMDB_META] = { "meta", 0 },
};

DgStatus
dg_lmdb_status(int code)
{
  switch (code) {
  case 0:
    return DG_OK;
  case MDB_NOTFOUND:
    return DG_NO_MATCH;
  case ENOENT:
    return DG_NOT_FOUND;
  case ENOMEM:
    return DG_NO_MEMORY;
  case MDB_MAP_FULL:
  case MDB_READERS_FULL:
  case MDB_TXN_FULL:
    return DG_LIMIT;
  case EDEADLK:
  case MDB_MAP_RESIZED:
    return DG_CONFLICT;
  case MDB_CORRUPTED:
  case MDB_PAGE_NOTFOUND:
  case MDB_INVALID:
  case MDB_VERSION_MISMATCH:
    return DG_BROKEN;
  default:
    return DG_IO_ERROR;
  }
}

static const char *
code_text(int code)
{
  switch (code) {
  case EDEADLK:
    return "this thread is writing to it already";
  case MDB_MAP_FULL:
    return "the address space taken for it is full; try again";
  case MDB_MAP_RESIZED:
    return "it has grown, and other transactions keep the old view";
  case MDB_READERS_FULL:
    return "too many readers at once";
  default:
    return mdb_strerror(code);
  }
}

DgStatus
dg_lmdb_failure(DgDiag *diag, const char *folder, const char *verb, int code)
{
  const DgStatus status = dg_lmdb_status(code);
  (void)dg_diag_set(diag, status, "cannot %s the store: %s", verb,
                    code_text(code));
  dg_diag_source(diag, folder);
  return status;
}

char *
dg_lmdb_path(const char *folder, const char *name)
{
  DgBuf path = DG_BUF_INIT;
  dg_buf_printf(&path, "%s/%s", folder, name);
  if (path.failed) {
    dg_buf_clear(&path);
  }
  return path.data;
}

/* The environment of a data file, with as much address space as there is. */
static int
open_env(const char *path, size_t map_size, MDB_env **env)
{
  size_t size = map_size ? map_size : MAP_MOST;
  unsigned flags = MDB_NOSUBDIR | MDB_NOTLS;
  for (;;) {
    int code = mdb_env_create(env);
    if (code) {
      return code;
    }
    (void)mdb_env_set_maxdbs(*env, DG_LMDB_TABLES);
    (void)mdb_env_set_maxreaders(*env, MAX_READERS);
    (void)mdb_env_set_mapsize(*env, size);
    code = mdb_env_open(*env, path, flags, 0666);
    if (!code) {
      return 0;
    }
    mdb_env_close(*env);
    *env = NULL;
    if (code == ENOMEM && size / 2 >= MAP_LEAST) {
      size /= 2;
    } else if ((code == EACCES || code == EROFS) && !(flags & MDB_RDONLY)) {
      flags |= MDB_RDONLY;
    } else {
      return code;
    }
  }
}

DgStatus
dg_lmdb_get_meta(MDB_txn *txn, MDB_dbi table, const char *key, uint64_t *value)
{
  MDB_val k = { strlen(key), (void *)(uintptr_t)key };
  MDB_val v;
  const int code = mdb_get(txn, table, &k, &v);
  if (code) {
    return dg_lmdb_status(code);
  }
  if (v.mv_size != sizeof *value) {
    return DG_BROKEN;
  }
  memcpy(value, v.mv_data, sizeof *value);
  return DG_OK;
}

DgStatus
dg_lmdb_put_meta(MDB_txn *txn, MDB_dbi table, const char *key, uint64_t value)
{
  MDB_val k = { strlen(key), (void *)(uintptr_t)key };
  MDB_val v = { sizeof value, &value };
  return dg_lmdb_status(mdb_put(txn, table, &k, &v, 0));
}

static DgStatus
newer_format(DgDiag *diag, const char *folder, unsigned long format)
{
  (void)dg_diag_set(diag, DG_UNSUPPORTED,
                    "the store has format %lu, and this program knows formats "
                    "up to %d; use a newer dealgraph",
                    format, DG_LMDB_FORMAT);
  dg_diag_source(diag, folder);
  return DG_UNSUPPORTED;
}

static int
open_tables(DgLmdbFile *file, bool create)
{
  MDB_txn *txn = NULL;
  int code = mdb_txn_begin(file->env, NULL, create ? 0 : MDB_RDONLY, &txn);
  for (int i = 0; !code && i < DG_LMDB_TABLES; ++i) {
    code = mdb_dbi_open(txn, tables[i].name,
                        tables[i].flags | (create ? MDB_CREATE : 0U),
                        &file->tables[i]);
  }
  if (!code && create) {
    const DgStatus put = dg_lmdb_put_meta(txn, file->tables[DG_LMDB_META],
                                          "format", DG_LMDB_FORMAT);
    code = put ? EIO : 0;
  }
  if (code) {
    mdb_txn_abort(txn);
    return code;
  }
  return mdb_txn_commit(txn);
}

static DgStatus
check_format(DgLmdbFile *file, DgDiag *diag)
{
  MDB_txn *txn = NULL;
  const int code = mdb_txn_begin(file->env, NULL, MDB_RDONLY, &txn);
  if (code) {
    return dg_lmdb_failure(diag, file->folder, "read", code);
  }
  uint64_t format = 0;
  const DgStatus status =
      dg_lmdb_get_meta(txn, file->tables[DG_LMDB_META], "format", &format);
  mdb_txn_abort(txn);
  if (status != DG_OK) {
    return dg_lmdb_failure(diag, file->folder, "read", MDB_INVALID);
  }
  return format > DG_LMDB_FORMAT ? newer_format(diag, file->folder, format)
                                 : DG_OK;
}

static void
free_file(DgLmdbFile *file)
{
  if (file->env) {
    mdb_env_close(file->env);
  }
  (void)pthread_mutex_destroy(&file->mutex);
  (void)pthread_cond_destroy(&file->idle);
  free(file->folder);
  free(file->name);
  free(file);
}

static DgLmdbFile *
new_file(const char *folder, const char *name)
{
  DgLmdbFile *const file = calloc(1, sizeof *file);
  if (!file) {
    return NULL;
  }
  pthread_condattr_t attributes;
  (void)pthread_condattr_init(&attributes);
  (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  (void)pthread_mutex_init(&file->mutex, NULL);
  (void)pthread_cond_init(&file->idle, &attributes);
  (void)pthread_condattr_destroy(&attributes);
  file->folder = strdup(folder);
  file->name = strdup(name);
  file->users = 1;
  if (!file->folder || !file->name) {
    free_file(file);
    return NULL;
  }
  return file;
}

static DgStatus
load_file(DgLmdbFile *file, bool create, const DgLmdbOptions *options,
          DgDiag *diag)
{
  char *const path = dg_lmdb_path(file->folder, file->name);
  DG_TRY_PTR(path);
  int code = create || !access(path, F_OK) ? 0 : ENOENT;
  code =
      code ? code : open_env(path, options ? options->map_size : 0, &file->env);
  free(path);
  if (code) {
    return dg_lmdb_failure(diag, file->folder, "open", code);
  }
  int dead = 0;
  (void)mdb_reader_check(file->env, &dead);
  code = open_tables(file, create);
  if (code) {
    return dg_lmdb_failure(diag, file->folder, create ? "create" : "open",
                           code == MDB_NOTFOUND ? MDB_INVALID : code);
  }
  return check_format(file, diag);
}

DgStatus
dg_lmdb_file_named(const char *folder, const char *name, bool create,
                   const DgLmdbOptions *options, DgLmdbFile **out, DgDiag *diag)
{
  char *const real = realpath(folder, NULL);
  if (!real) {
    return dg_lmdb_failure(diag, folder, "open", errno);
  }
  DgStatus status = DG_OK;
  (void)pthread_mutex_lock(&files_mutex);
  DgLmdbFile *file = files;
  while (file && (strcmp(file->folder, real) || strcmp(file->name, name))) {
    file = file->next;
  }
  if (file) {
    ++file->users;
  } else {
    file = new_file(real, name);
    status = file ? load_file(file, create, options, diag) : DG_NO_MEMORY;
    if (status == DG_OK) {
      file->next = files;
      files = file;
    } else if (file) {
      free_file(file);
    }
  }
  (void)pthread_mutex_unlock(&files_mutex);
  free(real);
  *out = status == DG_OK ? file : NULL;
  return status;
}

void
dg_lmdb_file_release(DgLmdbFile *file)
{
  if (!file) {
    return;
  }
  (void)pthread_mutex_lock(&files_mutex);
  if (--file->users == 0) {
    DgLmdbFile **at = &files;
    while (*at != file) {
      at = &(*at)->next;
    }
    *at = file->next;
    free_file(file);
  }
  (void)pthread_mutex_unlock(&files_mutex);
}

/* Folders. */

static DgStatus
read_current(const char *folder, DgBuf *name, DgDiag *diag)
{
  char *const path = dg_lmdb_path(folder, current_name);
  DG_TRY_PTR(path);
  DgBuf text = DG_BUF_INIT;
  DgStatus status = dg_io_read(path, 4096, &text, NULL);
  free(path);
  if (status == DG_OK) {
    DgStr rest = dg_buf_str(&text);
    DgStr head;
    DgStr line;
    const bool whole = dg_str_starts(rest, dg_str(current_head)) &&
                       dg_str_cut(&rest, '\n', &head) &&
                       dg_str_cut(&rest, '\n', &line) && line.len &&
                       dg_str_find(line, DG_STR("/"), 0) == SIZE_MAX;
    const unsigned long format =
        whole ? strtoul(head.ptr + sizeof current_head - 1, NULL, 10) : 0;
    if (format > DG_LMDB_FORMAT) {
      status = newer_format(diag, folder, format);
    } else if (!format) {
      status = dg_diag_set(diag, DG_BROKEN, "'current' is damaged");
      dg_diag_source(diag, folder);
    } else {
      dg_buf_add(name, line);
      status = dg_buf_status(name);
    }
  } else if (status == DG_NOT_FOUND) {
    (void)dg_diag_set(diag, status, "there is no store here");
    dg_diag_source(diag, folder);
  } else {
    (void)dg_diag_set(diag, status, "cannot read 'current'");
    dg_diag_source(diag, folder);
  }
  dg_buf_clear(&text);
  return status;
}

static void
sync_folder(const char *folder)
{
  const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    (void)fsync(fd);
    (void)close(fd);
  }
}

DgStatus
dg_lmdb_set_current(const char *folder, const char *name, DgDiag *diag)
{
  char *const path = dg_lmdb_path(folder, current_name);
  DG_TRY_PTR(path);
  DgOutput *out = NULL;
  DgStatus status = dg_output_open(path, &out, diag);
  free(path);
  DG_TRY(status);
  DgBuf text = DG_BUF_INIT;
  dg_buf_printf(&text, "%s%d\n%s\n", current_head, DG_LMDB_FORMAT, name);
  if (text.failed) {
    dg_output_cancel(out);
    dg_buf_clear(&text);
    return DG_NO_MEMORY;
  }
  dg_output_write(out, dg_buf_str(&text));
  dg_buf_clear(&text);
  DG_TRY(dg_output_commit(out, diag));
  sync_folder(folder);
  return DG_OK;
}

DgStatus
dg_lmdb_lock_folder(const char *folder, int *fd, DgDiag *diag)
{
  char *const path = dg_lmdb_path(folder, "lock");
  DG_TRY_PTR(path);
  *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  free(path);
  if (*fd < 0 || flock(*fd, LOCK_EX)) {
    const int error = errno;
    if (*fd >= 0) {
      (void)close(*fd);
    }
    return dg_lmdb_failure(diag, folder, "lock", error);
  }
  return DG_OK;
}

/* Nothing but what an interrupted creation leaves. */
static bool
is_blank_folder(const char *folder)
{
  DIR *const dir = opendir(folder);
  if (!dir) {
    return false;
  }
  bool blank = true;
  for (struct dirent *entry; blank && (entry = readdir(dir));) {
    const DgStr name = dg_str(entry->d_name);
    blank = dg_str_equal(name, DG_STR(".")) ||
            dg_str_equal(name, DG_STR("..")) ||
            dg_str_equal(name, DG_STR("lock")) ||
            dg_str_starts(name, DG_STR("current.")) ||
            dg_str_ends(name, DG_STR(".lmdb")) ||
            dg_str_ends(name, DG_STR(".lmdb-lock"));
  }
  (void)closedir(dir);
  return blank;
}

void
dg_lmdb_remove_data(const char *folder, const char *name)
{
  char *const data = dg_lmdb_path(folder, name);
  DgBuf lock = DG_BUF_INIT;
  dg_buf_printf(&lock, "%s-lock", data ? data : "");
  if (data && !lock.failed) {
    (void)unlink(data);
    (void)unlink(lock.data);
  }
  dg_buf_clear(&lock);
  free(data);
}

/* Make the first data file; the folder is locked. */
static DgStatus
make_first(const char *folder, const DgLmdbOptions *options, DgDiag *diag)
{
  DgBuf name = DG_BUF_INIT;
  const DgStatus found = read_current(folder, &name, NULL);
  dg_buf_clear(&name);
  if (found != DG_NOT_FOUND) {
    return DG_OK; /* another process was first */
  }
  dg_lmdb_remove_data(folder, "1.lmdb");
  DgLmdbFile *file = NULL;
  DG_TRY(dg_lmdb_file_named(folder, "1.lmdb", true, options, &file, diag));
  const DgStatus status = dg_lmdb_set_current(folder, "1.lmdb", diag);
  dg_lmdb_file_release(file);
  return status;
}

static DgStatus
create_store(const char *folder, const DgLmdbOptions *options, DgDiag *diag)
{
  if (mkdir(folder, 0777) && errno != EEXIST) {
    return dg_lmdb_failure(diag, folder, "create", errno);
  }
  if (!is_blank_folder(folder)) {
    (void)dg_diag_set(diag, DG_BAD_INPUT,
                      "not a store, and not an empty folder");
    dg_diag_source(diag, folder);
    return DG_BAD_INPUT;
  }
  int lock = -1;
  DG_TRY(dg_lmdb_lock_folder(folder, &lock, diag));
  const DgStatus status = make_first(folder, options, diag);
  (void)close(lock);
  return status;
}

DgStr
dg_lmdb_file_moved(DgLmdbFile *file, MDB_txn *txn)
{
  MDB_val key = { 5, (void *)(uintptr_t) "moved" };
  MDB_val value;
  if (mdb_get(txn, file->tables[DG_LMDB_META], &key, &value)) {
    return DG_STR_NONE;
  }
  return dg_str_n(value.mv_data, value.mv_size);
}

/* Where a file has moved to, on the heap; null when it has not. */
static char *
moved_name(DgLmdbFile *file)
{
  MDB_txn *txn = NULL;
  if (dg_lmdb_file_begin(file, false, &txn)) {
    return NULL;
  }
  const DgStr moved = dg_lmdb_file_moved(file, txn);
  char *const name = moved.ptr ? strndup(moved.ptr, moved.len) : NULL;
  mdb_txn_abort(txn);
  dg_lmdb_file_ended(file, false);
  return name;
}

/* A lock on the folder itself: shared while a file is opened by its name,
 * exclusive for the moment in which one takes another's place. */
static int
lock_names(const char *folder, int how)
{
  const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    (void)flock(fd, how);
  }
  return fd;
}

static void
unlock_names(int fd)
{
  if (fd >= 0) {
    (void)close(fd);
  }
}

static bool
is_current(const DgLmdbFile *file)
{
  DgBuf name = DG_BUF_INIT;
  const bool same = read_current(file->folder, &name, NULL) == DG_OK &&
                    dg_str_equal(dg_buf_str(&name), dg_str(file->name));
  dg_buf_clear(&name);
  return same;
}

/* Remove what interrupted exchanges have left; but not the way to the file,
 * should `current` not name it yet. */
static void
clean_folder(const DgLmdbFile *file)
{
  const int lock = lock_names(file->folder, LOCK_EX);
  DIR *const dir = is_current(file) ? opendir(file->folder) : NULL;
  for (struct dirent *entry; dir && (entry = readdir(dir));) {
    const DgStr name = dg_str(entry->d_name);
    const bool is_data = dg_str_ends(name, DG_STR(".lmdb")) ||
                         dg_str_ends(name, DG_STR(".lmdb-lock"));
    if ((is_data && !dg_str_starts(name, dg_str(file->name))) ||
        dg_str_starts(name, DG_STR("scratch.")) ||
        dg_str_starts(name, DG_STR("current."))) {
      char *const path = dg_lmdb_path(file->folder, entry->d_name);
      if (path) {
        (void)unlink(path);
      }
      free(path);
    }
  }
  if (dir) {
    (void)closedir(dir);
  }
  unlock_names(lock);
}

char *
dg_lmdb_next_name(const DgLmdbFile *file)
{
  const unsigned long number = strtoul(file->name, NULL, 10);
  DgBuf name = DG_BUF_INIT;
  dg_buf_printf(&name, "%lu.lmdb", number + 1);
  if (name.failed) {
    return NULL;
  }
  clean_folder(file);
  return name.data;
}

DgStatus
dg_lmdb_exchange(DgLmdb *db, const char *name, DgDiag *diag)
{
  DgLmdbFile *const file = db->file;
  MDB_val key = { 5, (void *)(uintptr_t) "moved" };
  MDB_val value = { strlen(name), (void *)(uintptr_t)name };
  const int code =
      mdb_put(db->writer, file->tables[DG_LMDB_META], &key, &value, 0);
  if (code) {
    return dg_lmdb_failure(diag, file->folder, "exchange", code);
  }
  const int lock = lock_names(file->folder, LOCK_EX);
  DgStatus status = db->base.class_->write_commit(&db->base, diag);
  if (status == DG_OK) {
    /* The exchange stands. Should `current` not be written, whoever opens the
     * store follows the old file and writes it then. */
    if (dg_lmdb_set_current(file->folder, name, NULL) == DG_OK) {
      dg_lmdb_remove_data(file->folder, file->name);
    }
  }
  unlock_names(lock);
  return status;
}

/* Open what `current` names, or what that has moved to. */
static DgStatus
open_named(const char *folder, const DgLmdbOptions *options, DgLmdbFile **out,
           DgDiag *diag)
{
  DgBuf name = DG_BUF_INIT;
  DgStatus status = read_current(folder, &name, diag);
  bool followed = false;
  for (int hop = 0; status == DG_OK && hop < MAX_HOPS; ++hop) {
    status = dg_lmdb_file_named(folder, name.data, false, options, out, diag);
    char *const moved = status == DG_OK ? moved_name(*out) : NULL;
    if (!moved) {
      break;
    }
    dg_lmdb_file_release(*out);
    *out = NULL;
    dg_buf_reset(&name);
    dg_buf_add(&name, dg_str(moved));
    free(moved);
    followed = true;
  }
  if (status == DG_OK && followed) {
    /* An exchange was cut short before its last step; complete it. */
    (void)dg_lmdb_set_current(folder, name.data, NULL);
  }
  dg_buf_clear(&name);
  return status;
}

static DgStatus
open_current(const char *folder, const DgLmdbOptions *options, DgLmdbFile **out,
             DgDiag *diag)
{
  const int lock = lock_names(folder, LOCK_SH);
  const DgStatus status = open_named(folder, options, out, diag);
  unlock_names(lock);
  return status;
}

DgStatus
dg_lmdb_file_open(const char *folder, DgStoreMode mode,
                  const DgLmdbOptions *options, DgLmdbFile **out, DgDiag *diag)
{
  DgStatus status = DG_OK;
  for (int turn = 0; turn < MAX_HOPS; ++turn) {
    status = open_current(folder, options, out, diag);
    if (status != DG_NOT_FOUND) {
      return status;
    }
    char *const path = dg_lmdb_path(folder, current_name);
    DG_TRY_PTR(path);
    const bool is_store = !access(path, F_OK);
    free(path);
    if (!is_store && mode != DG_STORE_CREATE) {
      return status;
    }
    if (diag) {
      dg_diag_clear(diag); /* not finding it is no failure */
    }
    if (!is_store) {
      DG_TRY(create_store(folder, options, diag));
    }
    /* Else the file was exchanged between the two reads: once more. */
  }
  return status;
}

/* Transactions. */

static bool
wait_idle(DgLmdbFile *file)
{
  struct timespec until;
  (void)clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += RESIZE_WAIT;
  while (file->active) {
    if (pthread_cond_timedwait(&file->idle, &file->mutex, &until)) {
      return false;
    }
  }
  return true;
}

/* Set the map's size while no transaction of this process is open; 0 takes
 * the size that another process has given it. */
static int
resize_map(DgLmdbFile *file, size_t size)
{
  (void)pthread_mutex_lock(&file->mutex);
  int code = MDB_MAP_RESIZED;
  if (!file->resizing) {
    file->resizing = true;
    code = wait_idle(file) ? mdb_env_set_mapsize(file->env, size)
                           : MDB_MAP_RESIZED;
    file->resizing = false;
    (void)pthread_cond_broadcast(&file->idle);
  } else {
    code = 0; /* another thread is at it */
  }
  (void)pthread_mutex_unlock(&file->mutex);
  return code;
}

static void
note_writer(DgLmdbFile *file, bool writing)
{
  (void)pthread_mutex_lock(&file->mutex);
  if (writing || pthread_equal(file->writer, pthread_self())) {
    file->has_writer = writing;
    file->writer = pthread_self();
  }
  (void)pthread_mutex_unlock(&file->mutex);
}

static int
enter(DgLmdbFile *file, bool write)
{
  int code = 0;
  (void)pthread_mutex_lock(&file->mutex);
  while (file->resizing) {
    (void)pthread_cond_wait(&file->idle, &file->mutex);
  }
  if (write && file->has_writer &&
      pthread_equal(file->writer, pthread_self())) {
    code = EDEADLK;
  } else {
    ++file->active;
  }
  (void)pthread_mutex_unlock(&file->mutex);
  return code;
}

static void
leave(DgLmdbFile *file)
{
  (void)pthread_mutex_lock(&file->mutex);
  if (--file->active == 0) {
    (void)pthread_cond_broadcast(&file->idle);
  }
  (void)pthread_mutex_unlock(&file->mutex);
}

/* More than half of the map is used, or a write found it full, and it may still
 * grow. */
static bool
wants_room(DgLmdbFile *file, size_t *size)
{
  MDB_envinfo info;
  MDB_stat stat;
  if (mdb_env_info(file->env, &info) || mdb_env_stat(file->env, &stat)) {
    return false;
  }
  const size_t used = (info.me_last_pgno + 1) * stat.ms_psize;
  *size = info.me_mapsize;
  if (__atomic_exchange_n(&file->starved, false, __ATOMIC_RELAXED) &&
      *size < MAP_MOST) {
    *size *= 4;
  }
  while (used > *size / 2 && *size < MAP_MOST) {
    *size *= 2;
  }
  return *size != info.me_mapsize;
}

static int
begin_once(DgLmdbFile *file, bool write, MDB_txn **txn)
{
  int code = enter(file, write);
  if (code) {
    return code;
  }
  if (*txn) {
    code = mdb_txn_renew(*txn);
  } else {
    code = mdb_txn_begin(file->env, NULL, write ? 0 : MDB_RDONLY, txn);
  }
  if (code) {
    leave(file);
  } else if (write) {
    note_writer(file, true);
  }
  return code;
}

int
dg_lmdb_file_begin(DgLmdbFile *file, bool write, MDB_txn **txn)
{
  int code = begin_once(file, write, txn);
  for (int turn = 0; code == MDB_MAP_RESIZED && turn < MAX_HOPS; ++turn) {
    code = resize_map(file, 0);
    code = code ? code : begin_once(file, write, txn);
  }
  size_t size = 0;
  if (code || !write || !wants_room(file, &size)) {
    return code;
  }
  mdb_txn_abort(*txn);
  *txn = NULL;
  dg_lmdb_file_ended(file, true);
  /* Without the room the write may still fit; if not, it says so itself. */
  (void)resize_map(file, size);
  return begin_once(file, write, txn);
}

void
dg_lmdb_file_ended(DgLmdbFile *file, bool write)
{
  if (write) {
    note_writer(file, false);
  }
  leave(file);
}
