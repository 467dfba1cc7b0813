using System.Globalization;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Output;

/// <summary>A file that is complete or does not exist: it is written under another name in the same folder, and renamed at the end. A link
/// stays one, and its target is replaced. Devices and pipes are written to directly.</summary>
internal sealed class WholeFile : IAsyncDisposable
{
    private const string Ending = ".part";

    private readonly string _path;
    private readonly string? _part;
    private bool _done;

    private WholeFile(string path)
    {
        _path = path;
        _part = Path.Combine(Path.GetDirectoryName(path)!, PartName(Path.GetFileName(path), Environment.ProcessId));
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 64 * 1024,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        };
        if (OperatingSystem.IsWindows())
        {
            Stream = new FileStream(_part, options);
            return;
        }

        // A file that only its owner can read stays one, from the first byte on; the system may take more away from what is created.
        UnixFileMode? mode = File.Exists(path) ? File.GetUnixFileMode(path) : null;
        options.UnixCreateMode = mode;
        Stream = new FileStream(_part, options);
        if (mode is { } same)
        {
            File.SetUnixFileMode(Stream.SafeFileHandle, same);
        }
    }

    private WholeFile(string path, FileStream direct)
    {
        _path = path;
        Stream = direct;
    }

    /// <summary>Gets the stream whose contents become the file.</summary>
    public FileStream Stream { get; }

    /// <summary>Begins a file, and removes what killed writers of the same file left behind.</summary>
    /// <exception cref="IOException">The folder does not exist, or is not writable.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public static WholeFile Create(string path)
    {
        var full = Path.GetFullPath(path);
        var target = new FileInfo(full) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : full;
        if (Direct(full, target) is { } direct)
        {
            return new WholeFile(full, direct);
        }

        Sweep(Path.GetDirectoryName(target)!, Path.GetFileName(target));
        return new WholeFile(target);
    }

    /// <summary>Publishes the file, replacing an existing one.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        await Stream.FlushAsync(cancellation);
        if (_part is not null)
        {
            Stream.Flush(flushToDisk: true);
            await Stream.DisposeAsync();
            File.Move(_part, _path, overwrite: true);
        }

        _done = true;
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (!_done && _part is not null)
        {
            File.Delete(_part);
        }
    }

    // Renaming a file over a device or a pipe would destroy it. Neither has a length, and a pipe has no position.
    private static FileStream? Direct(string path, string target)
    {
        var isDevice = IsDevice(path) || IsDevice(target);
        if (!isDevice && new FileInfo(target) is not { Exists: true, Length: 0 })
        {
            return null;
        }

        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception refused) when (!isDevice && refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (!stream.CanSeek)
        {
            return stream;
        }

        if (!isDevice)
        {
            stream.Dispose();
            return null;
        }

        // Standard output can be a file that has something in it.
        stream.Seek(0, SeekOrigin.End);
        return stream;
    }

    internal static bool IsDevice(string path) =>
        (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal)) || path.StartsWith("/proc/", StringComparison.Ordinal);

    private static string PartName(string name, int pid) => string.Create(CultureInfo.InvariantCulture, $".{name}.{pid}{Ending}");

    private static void Sweep(string folder, string name)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var part in Directory.EnumerateFiles(folder, $".{name}.*{Ending}"))
        {
            var pid = Path.GetFileName(part)[(name.Length + 2)..^Ending.Length];
            if (int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && ProcessIdentity.Of(number) is null)
            {
                File.Delete(part);
            }
        }
    }
}
