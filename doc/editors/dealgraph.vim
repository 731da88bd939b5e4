" SPDX-License-Identifier: LGPL-2.1-or-later
" Vim syntax of dealgraph's rule files. Put it into ~/.vim/syntax and
"   autocmd BufRead,BufNewFile *.rules set filetype=dealgraph
" into ~/.vimrc.
if exists("b:current_syntax")
  finish
endif

syn match dealgraphComment "\(^\|\s\)\zs#.*$"
syn region dealgraphString start=+"+ end=+"+ oneline
syn match dealgraphStatement "^\(lang\|use\|lex\|verb\|noun\|adj\|class\|macro\|tense\|event\|relation\|attribute\|context\)\ze\s"
syn match dealgraphLine "^\s\+\zs\(match\|cue\|stop\|pseudo\|set\|where\|trigger\|gap\|types\|dir\|scope\)\ze\s"
syn match dealgraphGood "^\s\++\ze\s"
syn match dealgraphBad "^\s\+-\ze\s"
syn match dealgraphLine "^\s*end\s*$"
syn match dealgraphList "%[A-Za-z0-9_-]\+\(\.[a-z]\+\)\?"
syn match dealgraphMacro "{[A-Za-z_][^}]*}"
syn keyword dealgraphType contained ORG NAME PERSON PLACE PRODUCT NATIONALITY TITLE MONEY PERCENT DATE NUMBER DURATION POSS ORGS LIST
syn match dealgraphCapture "<[^>]*>" contains=dealgraphType
syn match dealgraphGap "\.\.\d\+!\?"

hi def link dealgraphComment Comment
hi def link dealgraphString String
hi def link dealgraphStatement Keyword
hi def link dealgraphLine Statement
hi def link dealgraphGood DiffAdd
hi def link dealgraphBad DiffDelete
hi def link dealgraphList Identifier
hi def link dealgraphMacro Macro
hi def link dealgraphCapture Special
hi def link dealgraphType Type
hi def link dealgraphGap Number

let b:current_syntax = "dealgraph"
