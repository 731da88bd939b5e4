/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/io.h"
#include "cli/cli.h"
#include "lexicon/lexicon.h"

#include <string.h>

static int
run_lexicon(int argc, char **argv)
{
  if (argc != 4 || strcmp(argv[1], "compile")) {
    return dg_cli_usage(&dg_command_lexicon);
  }
  DgDiag diag = DG_DIAG_INIT;
  DgBuf image = DG_BUF_INIT;
  DgOutput *out = NULL;
  DgStatus status = dg_lexicon_compile(argv[2], &image, &diag);
  if (!status) {
    status = dg_output_open(argv[3], &out, &diag);
  }
  if (!status) {
    dg_output_write(out, dg_buf_str(&image));
    status = dg_output_commit(out, &diag);
  }
  if (status) {
    dg_cli_report(&diag);
  }
  dg_buf_clear(&image);
  dg_diag_clear(&diag);
  return dg_cli_exit(status);
}

const DgCommand dg_command_lexicon = {
  "lexicon", "compile FOLDER FILE", "Compile a folder of names and words",
  "  FOLDER   the source files, such as data/lexicon\n"
  "  FILE     the compiled form; beside the folder, as FOLDER.bin, it is used\n"
  "           as long as the source files are those it was made from\n",
  run_lexicon
};
