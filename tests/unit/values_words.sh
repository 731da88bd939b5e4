#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# words_table.h is what words.py makes of words.txt.

folder=${DG_SOURCE:-$(dirname "$0")/../..}/extractor/values
command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; }
python3 "$folder/words.py" "$folder/words.txt" | cmp - "$folder/words_table.h"
