#ifndef CCOMPRESSION_SHIM_H
#define CCOMPRESSION_SHIM_H

#include <brotli/encode.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

// Whole texts in, whole codings out: zlib's entry is a macro, and both libraries have knobs that are turned here once.

/// How much room a coding of `count` bytes may need, whichever of the two it is.
static inline size_t ccompression_bound(size_t count)
{
    size_t gzip = compressBound((uLong)count) + 18, brotli = BrotliEncoderMaxCompressedSize(count);
    return gzip > brotli ? gzip : brotli;
}

/// RFC 1952 without name and date, so that the same bytes have one coding; returns its size, 0 if `room` does not hold it.
static inline size_t ccompression_gzip(
    int level, const uint8_t *_Nonnull bytes, size_t count, uint8_t *_Nonnull output, size_t room)
{
    z_stream stream;
    if (count > UINT_MAX || room > UINT_MAX) return 0;
    memset(&stream, 0, sizeof stream);
    if (deflateInit2(&stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = output;
    stream.avail_out = (uInt)room;
    int status = deflate(&stream, Z_FINISH);
    size_t size = stream.total_out;
    deflateEnd(&stream);
    return status == Z_STREAM_END ? size : 0;
}

/// RFC 7932, with a window no larger than the text wants; returns its size, 0 if `room` does not hold it.
static inline size_t ccompression_brotli(
    int quality, const uint8_t *_Nonnull bytes, size_t count, uint8_t *_Nonnull output, size_t room)
{
    int window = 16;
    while (window < BROTLI_MAX_WINDOW_BITS && ((size_t)1 << window) - 16 < count) window++;
    size_t size = room;
    return BrotliEncoderCompress(quality, window, BROTLI_MODE_TEXT, count, bytes, &size, output) ? size : 0;
}

#endif
