/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/digest.h"

#include <math.h>
#include <stdio.h>

typedef struct {
  uint64_t h[8];
  uint64_t k[80];
} State;

static uint32_t
left32(uint32_t x, unsigned n)
{
  return x << n | x >> (32 - n);
}

static uint32_t
right32(uint32_t x, unsigned n)
{
  return x >> n | x << (32 - n);
}

static uint64_t
right64(uint64_t x, unsigned n)
{
  return x >> n | x << (64 - n);
}

static uint64_t
word_at(const uint8_t *bytes, size_t size, bool big_end)
{
  uint64_t word = 0;
  for (size_t i = 0; i < size; ++i) {
    word = word << 8 | bytes[big_end ? i : size - 1 - i];
  }
  return word;
}

/* RFC 1321, section 3.4: the constants are sines. */
static void
md5_block(State *s, const uint8_t *block)
{
  static const uint8_t turns[4][4] = {
    { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 }
  };
  uint32_t v[4];
  for (size_t i = 0; i < 4; ++i) {
    v[i] = (uint32_t)s->h[i];
  }
  for (uint32_t i = 0; i < 64; ++i) {
    static const uint8_t step[4] = { 1, 5, 3, 7 };
    static const uint8_t start[4] = { 0, 1, 5, 0 };
    const uint32_t round = i / 16;
    const uint32_t f = round == 0   ? (v[1] & v[2]) | (~v[1] & v[3])
                       : round == 1 ? (v[3] & v[1]) | (~v[3] & v[2])
                       : round == 2 ? v[1] ^ v[2] ^ v[3]
                                    : v[2] ^ (v[1] | ~v[3]);
    const uint32_t at = (start[round] + step[round] * i) % 16;
    const uint32_t k = (uint32_t)(fabs(sin((double)i + 1)) * 0x1p32);
    const uint32_t sum = v[0] + f + k + (uint32_t)word_at(block + 4 * at, 4, 0);
    const uint32_t next = v[1] + left32(sum, turns[round][i % 4]);
    v[0] = v[3];
    v[3] = v[2];
    v[2] = v[1];
    v[1] = next;
  }
  for (size_t i = 0; i < 4; ++i) {
    s->h[i] = (uint32_t)(s->h[i] + v[i]);
  }
}

/* FIPS 180-4, section 6.1.2. */
static void
sha1_block(State *s, const uint8_t *block)
{
  uint32_t w[80];
  uint32_t v[5];
  for (size_t i = 0; i < 80; ++i) {
    w[i] = i < 16 ? (uint32_t)word_at(block + 4 * i, 4, 1)
                  : left32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  }
  for (size_t i = 0; i < 5; ++i) {
    v[i] = (uint32_t)s->h[i];
  }
  for (size_t i = 0; i < 80; ++i) {
    static const uint32_t k[4] = { 0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC,
                                   0xCA62C1D6 };
    const uint32_t f = i < 20   ? (v[1] & v[2]) | (~v[1] & v[3])
                       : i < 40 ? v[1] ^ v[2] ^ v[3]
                       : i < 60 ? (v[1] & v[2]) | (v[1] & v[3]) | (v[2] & v[3])
                                : v[1] ^ v[2] ^ v[3];
    const uint32_t next = left32(v[0], 5) + f + v[4] + k[i / 20] + w[i];
    v[4] = v[3];
    v[3] = v[2];
    v[2] = left32(v[1], 30);
    v[1] = v[0];
    v[0] = next;
  }
  for (size_t i = 0; i < 5; ++i) {
    s->h[i] = (uint32_t)(s->h[i] + v[i]);
  }
}

/* FIPS 180-4, section 6.2.2. */
static void
sha256_block(State *s, const uint8_t *block)
{
  uint32_t w[64];
  uint32_t v[8];
  for (size_t i = 0; i < 64; ++i) {
    if (i < 16) {
      w[i] = (uint32_t)word_at(block + 4 * i, 4, 1);
      continue;
    }
    const uint32_t a = w[i - 15];
    const uint32_t b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (right32(a, 7) ^ right32(a, 18) ^ a >> 3) +
           (right32(b, 17) ^ right32(b, 19) ^ b >> 10);
  }
  for (size_t i = 0; i < 8; ++i) {
    v[i] = (uint32_t)s->h[i];
  }
  for (size_t i = 0; i < 64; ++i) {
    const uint32_t e = right32(v[4], 6) ^ right32(v[4], 11) ^ right32(v[4], 25);
    const uint32_t a = right32(v[0], 2) ^ right32(v[0], 13) ^ right32(v[0], 22);
    const uint32_t t = v[7] + e + ((v[4] & v[5]) ^ (~v[4] & v[6])) +
                       (uint32_t)(s->k[i] >> 32) + w[i];
    const uint32_t u = a + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += t;
    v[0] = t + u;
  }
  for (size_t i = 0; i < 8; ++i) {
    s->h[i] = (uint32_t)(s->h[i] + v[i]);
  }
}

/* FIPS 180-4, section 6.4.2. */
static void
sha512_block(State *s, const uint8_t *block)
{
  uint64_t w[80];
  uint64_t v[8];
  for (size_t i = 0; i < 80; ++i) {
    if (i < 16) {
      w[i] = word_at(block + 8 * i, 8, 1);
      continue;
    }
    const uint64_t a = w[i - 15];
    const uint64_t b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (right64(a, 1) ^ right64(a, 8) ^ a >> 7) +
           (right64(b, 19) ^ right64(b, 61) ^ b >> 6);
  }
  memcpy(v, s->h, sizeof v);
  for (size_t i = 0; i < 80; ++i) {
    const uint64_t e =
        right64(v[4], 14) ^ right64(v[4], 18) ^ right64(v[4], 41);
    const uint64_t a =
        right64(v[0], 28) ^ right64(v[0], 34) ^ right64(v[0], 39);
    const uint64_t t =
        v[7] + e + ((v[4] & v[5]) ^ (~v[4] & v[6])) + s->k[i] + w[i];
    const uint64_t u = a + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += t;
    v[0] = t + u;
  }
  for (size_t i = 0; i < 8; ++i) {
    s->h[i] += v[i];
  }
}

/* The first 64 bits of the fraction of the root of a prime, by search. */
static uint64_t
root_fraction(unsigned prime, unsigned degree)
{
  __extension__ typedef unsigned __int128 Wide;
  uint64_t whole = 1;
  while ((degree == 2 ? (whole + 1) * (whole + 1)
                      : (whole + 1) * (whole + 1) * (whole + 1)) <= prime) {
    ++whole;
  }
  /* Long division in base 2^32 would do; bisection on 192 bits is shorter:
   * x = whole + f / 2^64 with x^degree <= prime. */
  uint64_t fraction = 0;
  for (unsigned bit = 64; bit-- > 0;) {
    const uint64_t f = fraction | (uint64_t)1 << bit;
    /* Square as whole part and 128 bits of fraction. */
    const Wide ff = (Wide)f * f;
    const Wide cross = (Wide)(2 * whole) * f;
    const Wide mid = (cross & UINT64_MAX) + (ff >> 64);
    const uint64_t sq_whole =
        whole * whole + (uint64_t)(cross >> 64) + (uint64_t)(mid >> 64);
    const uint64_t sq_hi = (uint64_t)mid;
    const uint64_t sq_lo = (uint64_t)ff;
    uint64_t power = sq_whole;
    bool above = sq_hi || sq_lo;
    if (degree == 3) {
      /* (sq_whole + sq_hi/2^64 + sq_lo/2^128) * (whole + f/2^64) */
      const Wide low = (Wide)sq_lo * whole + ((Wide)sq_lo * f >> 64);
      const Wide a = (Wide)sq_hi * whole;
      const Wide b = (Wide)sq_whole * f;
      const Wide c = (Wide)sq_hi * f;
      const Wide second = (Wide)(uint64_t)c + (low & UINT64_MAX);
      const Wide first = (Wide)(uint64_t)a + (uint64_t)b + (uint64_t)(c >> 64) +
                         (uint64_t)(low >> 64) + (uint64_t)(second >> 64);
      power = sq_whole * whole + (uint64_t)(a >> 64) + (uint64_t)(b >> 64) +
              (uint64_t)(first >> 64);
      above = (uint64_t)first || (uint64_t)second;
    }
    if (power < prime || (power == prime && !above)) {
      fraction = f;
    }
  }
  return fraction;
}

/* FIPS 180-4, sections 4.2 and 5.3: constants are roots of primes. */
static void
prime_constants(State *s, unsigned first_prime)
{
  unsigned n = 0;
  for (unsigned p = 2; n < 80 + first_prime; ++p) {
    bool prime = true;
    for (unsigned d = 2; d * d <= p && prime; ++d) {
      prime = p % d != 0;
    }
    if (!prime) {
      continue;
    }
    if (n < 80) {
      s->k[n] = root_fraction(p, 3);
    }
    if (n >= first_prime && n < first_prime + 8) {
      s->h[n - first_prime] = root_fraction(p, 2);
    }
    ++n;
  }
}

typedef struct {
  void (*block)(State *, const uint8_t *);
  size_t block_size;
  size_t word;
  size_t out; /**< bytes of the digest */
  bool big_end;
} Algorithm;

static const Algorithm algorithms[] = {
  [DG_DIGEST_MD5] = { md5_block, 64, 4, 16, false },
  [DG_DIGEST_SHA1] = { sha1_block, 64, 4, 20, true },
  [DG_DIGEST_SHA256] = { sha256_block, 64, 4, 32, true },
  [DG_DIGEST_SHA384] = { sha512_block, 128, 8, 48, true },
  [DG_DIGEST_SHA512] = { sha512_block, 128, 8, 64, true },
};

static void
start(DgDigest kind, State *s)
{
  static const uint32_t first[5] = { 0x67452301, 0xEFCDAB89, 0x98BADCFE,
                                     0x10325476, 0xC3D2E1F0 };
  if (kind <= DG_DIGEST_SHA1) {
    for (size_t i = 0; i < 5; ++i) {
      s->h[i] = first[i];
    }
    return;
  }
  prime_constants(s, kind == DG_DIGEST_SHA384 ? 8 : 0);
  for (size_t i = 0; kind == DG_DIGEST_SHA256 && i < 8; ++i) {
    s->h[i] >>= 32;
  }
}

void
dg_digest(DgDigest kind, DgStr bytes, char out[DG_DIGEST_TEXT])
{
  const Algorithm *const a = &algorithms[kind];
  State s = { 0 };
  start(kind, &s);
  size_t at = 0;
  for (; bytes.len - at >= a->block_size; at += a->block_size) {
    a->block(&s, (const uint8_t *)bytes.ptr + at);
  }
  uint8_t last[256] = { 0 };
  const size_t rest = bytes.len - at;
  if (rest) {
    memcpy(last, bytes.ptr + at, rest);
  }
  last[rest] = 0x80;
  const size_t length = a->word * 2; /* bytes of the bit count */
  const size_t n =
      rest + 1 + length <= a->block_size ? a->block_size : 2 * a->block_size;
  const uint64_t bits = (uint64_t)bytes.len * 8;
  for (size_t i = 0; i < 8; ++i) {
    last[a->big_end ? n - 1 - i : n - 8 + i] = (uint8_t)(bits >> (8 * i));
  }
  for (size_t i = 0; i < n; i += a->block_size) {
    a->block(&s, last + i);
  }
  for (size_t i = 0; i < a->out; ++i) {
    const size_t in_word = i % a->word;
    const size_t shift = 8 * (a->big_end ? a->word - 1 - in_word : in_word);
    (void)snprintf(out + 2 * i, 3, "%02x",
                   (unsigned)(s.h[i / a->word] >> shift & 0xFF));
  }
}
