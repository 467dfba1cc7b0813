using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Atlas.Cluster.Network;

/// <summary>A network device whose other end is this process: what a host sends is read here, and what is written here reaches the host.</summary>
internal sealed partial class TunDevice : IDisposable
{
    private const int ReadWrite = 2;
    private const int CloseOnExec = 0x80000;
    private const nuint MakeDevice = 0x400454ca;
    private const short PlainPackets = 0x1001;
    private const int NameLength = 16;

    private readonly SafeFileHandle _handle;

    private TunDevice(SafeFileHandle handle)
    {
        _handle = handle;
    }

    /// <exception cref="IOException">This process may not make one.</exception>
    public static TunDevice Make(string name)
    {
        var handle = new SafeFileHandle(Open("/dev/net/tun", ReadWrite | CloseOnExec), ownsHandle: true);
        var request = new byte[40];
        Encoding.ASCII.GetBytes(name, request);
        BinaryPrimitives.WriteInt16LittleEndian(request.AsSpan(NameLength), PlainPackets);
        if (handle.IsInvalid || Control(handle, MakeDevice, request) != 0)
        {
            handle.Dispose();
            throw new IOException($"/dev/net/tun: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        return new TunDevice(handle);
    }

    /// <summary>Waits for the next packet that the host sends; 0 once the device is gone.</summary>
    public int Read(Span<byte> packet)
    {
        try
        {
            return (int)Math.Max(0, Read(_handle, packet, (nuint)packet.Length));
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
    }

    /// <summary>Hands a packet to the host. One that it does not take is lost, as on any wire.</summary>
    public void Write(ReadOnlySpan<byte> packet)
    {
        try
        {
            _ = Write(_handle, packet, (nuint)packet.Length);
        }
        catch (ObjectDisposedException)
        {
            // The network is being taken down.
        }
    }

    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, byte[] argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle file, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> buffer, nuint length);
}
