using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Atlas.Learning.Training;

namespace Atlas.Reports.Export;

/// <summary>Creates the JSON of one session at a time, in a reused buffer.</summary>
internal sealed class RecordBuffer : IAsyncDisposable
{
    // A buffer that grew for one huge session is not kept for small ones.
    private const int Kept = 4 * 1024 * 1024;

    private ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly Utf8JsonWriter _writer;

    public RecordBuffer()
    {
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Writes a record; the result is valid until the next call.</summary>
    public ReadOnlyMemory<byte> Write(TrainingSession session, bool newline)
    {
        if (_buffer.Capacity > Kept)
        {
            _buffer = new ArrayBufferWriter<byte>(64 * 1024);
        }

        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        new ExportRecord(_writer, session).Write();
        _writer.Flush();
        if (newline)
        {
            _buffer.Write("\n"u8);
        }

        return _buffer.WrittenMemory;
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
