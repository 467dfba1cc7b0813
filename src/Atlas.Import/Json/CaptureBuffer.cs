using System.Buffers;

namespace Atlas.Import.Json;

/// <summary>The bytes of the current record, up to a limit.</summary>
internal sealed class CaptureBuffer(int longest)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private bool _isOn;

    /// <summary>Gets a value indicating whether there were more bytes than are kept.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Gets a value indicating whether there is only an opening bracket.</summary>
    public bool IsBracket => _isOn && _bytes.WrittenSpan.TrimEnd("\r \t"u8) is [(byte)'{' or (byte)'['];

    public void Start()
    {
        _bytes.ResetWrittenCount();
        IsTooLong = false;
        _isOn = true;
    }

    public void Stop() => _isOn = false;

    public void Add(byte letter) => Add([letter]);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (!_isOn || IsTooLong)
        {
            return;
        }

        IsTooLong = bytes.Length > longest - _bytes.WrittenCount;
        if (!IsTooLong)
        {
            _bytes.Write(bytes);
        }
    }

    public byte[] Bytes() => _bytes.WrittenSpan.ToArray();
}
