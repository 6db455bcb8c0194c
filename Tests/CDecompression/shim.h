#ifndef CDECOMPRESSION_SHIM_H
#define CDECOMPRESSION_SHIM_H

#include <brotli/decode.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

// What a client does with a coding. Both return the size of the text, or 0 for what is not exactly one whole coding.

static inline size_t cdecompression_gzip(const uint8_t *_Nonnull bytes, size_t count, uint8_t *_Nonnull output, size_t room)
{
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (inflateInit2(&stream, MAX_WBITS + 16) != Z_OK) return 0;
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = output;
    stream.avail_out = (uInt)room;
    int status = inflate(&stream, Z_FINISH);
    size_t size = status == Z_STREAM_END && stream.avail_in == 0 ? stream.total_out : 0;
    inflateEnd(&stream);
    return size;
}

static inline size_t cdecompression_brotli(const uint8_t *_Nonnull bytes, size_t count, uint8_t *_Nonnull output, size_t room)
{
    size_t size = room;
    return BrotliDecoderDecompress(count, bytes, &size, output) == BROTLI_DECODER_RESULT_SUCCESS ? size : 0;
}

#endif
