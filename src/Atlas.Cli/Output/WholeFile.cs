using System.Globalization;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Output;

/// <summary>A file that is there whole or not at all: it is written under another name beside its own, and renamed at the end.</summary>
internal sealed class WholeFile : IAsyncDisposable
{
    private const string Ending = ".part";

    private readonly string _path;
    private readonly string _part;
    private bool _done;

    private WholeFile(string path)
    {
        _path = Path.GetFullPath(path);
        _part = Path.Combine(Path.GetDirectoryName(_path)!, PartName(Path.GetFileName(_path), Environment.ProcessId));
        Stream = new FileStream(
            _part, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
    }

    /// <summary>What is written here becomes the file.</summary>
    public FileStream Stream { get; }

    /// <summary>Begins a file, and removes what writers of the same file left that were killed.</summary>
    /// <exception cref="IOException">The folder is not there, or must not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written.</exception>
    public static WholeFile Create(string path)
    {
        var full = Path.GetFullPath(path);
        Sweep(Path.GetDirectoryName(full)!, Path.GetFileName(full));
        return new WholeFile(full);
    }

    /// <summary>Makes what was written the file, in place of one that may be there.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        await Stream.FlushAsync(cancellation);
        Stream.Flush(flushToDisk: true);
        await Stream.DisposeAsync();
        File.Move(_part, _path, overwrite: true);
        _done = true;
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (!_done)
        {
            File.Delete(_part);
        }
    }

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
