/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/tokens.h"

#include "base/utf8.h"

static DgTokenKind
kind_of(uint32_t code)
{
  if (code >= '0' && code <= '9') {
    return DG_TOKEN_NUMBER;
  }
  return dg_utf8_is_letter(code) ? DG_TOKEN_WORD : DG_TOKEN_MARK;
}

static void
add_code(DgToken *token, size_t *folded, uint32_t code)
{
  if (token->kind == DG_TOKEN_NUMBER) {
    ++token->digits;
    token->value = token->digits <= 8 ? token->value * 10 + (code - '0') : 0;
    return;
  }
  char letters[8];
  const size_t n = dg_utf8_fold_code(code, letters);
  if (*folded + n < DG_TOKEN_FOLDED) {
    memcpy(token->folded + *folded, letters, n);
    *folded += n;
  }
}

static size_t
read_token(DgStr line, size_t at, DgToken *token)
{
  size_t size;
  uint32_t code = dg_utf8_decode(line, at, &size);
  *token = (DgToken){ .kind = kind_of(code), .span = { at, at + size } };
  token->capital = dg_utf8_is_upper(code);
  size_t folded = 0;
  add_code(token, &folded, code);
  while (token->kind != DG_TOKEN_MARK && token->span.end < line.len) {
    code = dg_utf8_decode(line, token->span.end, &size);
    if (kind_of(code) != token->kind) {
      break;
    }
    add_code(token, &folded, code);
    token->span.end += size;
  }
  return token->span.end;
}

void
dg_tokens_read(DgStr line, DgTokens *tokens)
{
  tokens->line = line;
  tokens->n = 0;
  tokens->cut = false;
  bool glued = false;
  for (size_t i = 0, size; i < line.len;) {
    if (dg_utf8_is_space(dg_utf8_decode(line, i, &size))) {
      i += size;
      glued = false;
      continue;
    }
    if (tokens->n == DG_TOKENS_MAX) {
      tokens->cut = true;
      break;
    }
    DgToken *const token = &tokens->items[tokens->n++];
    i = read_token(line, i, token);
    token->glued = glued;
    glued = true;
  }
  tokens->items[tokens->n] = (DgToken){ .span = { line.len, line.len } };
}

bool
dg_token_is(const DgTokens *tokens, size_t i, const char *text)
{
  return !strcmp(dg_token(tokens, i)->folded, text) &&
         dg_token(tokens, i)->kind != DG_TOKEN_END;
}

bool
dg_token_in(const DgTokens *tokens, size_t i, const char *words)
{
  const DgToken *const token = dg_token(tokens, i);
  const size_t len = strlen(token->folded);
  if (token->kind == DG_TOKEN_END || len == 0) {
    return false;
  }
  for (const char *at = words; (at = strstr(at, token->folded)); ++at) {
    if ((at == words || at[-1] == ' ') && (at[len] == ' ' || !at[len])) {
      return true;
    }
  }
  return false;
}
