using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Atlas.Cluster.Processes;

/// <summary>A file system of a few megabytes, which can be filled up.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Megabyte = 1024 * 1024;
    private readonly string _ballast;

    private SmallDisk(string path)
    {
        Path = path;
        _ballast = System.IO.Path.Combine(path, "ballast");
    }

    public string Path { get; }

    /// <summary>Mounts it; skips the test where that is not permitted, but not in continuous integration as root.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("atlas-disk-").FullName;
        var size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=0755");
        var (mounted, said) = Environment.IsPrivilegedProcess
            ? Run("mount", "-t", "tmpfs", "-o", size, "tmpfs", path)
            : (false, "mounting needs root");
        if (!mounted)
        {
            Directory.Delete(path);
            Assert.Skip($"No small file system can be mounted here: {said}.");
        }

        return new SmallDisk(path);
    }

    /// <summary>Takes all the room but this. Others write meanwhile: where the end comes before it is expected, so much is given back.</summary>
    public void Fill(int leavingBytes)
    {
        var room = new DriveInfo(Path).AvailableFreeSpace - leavingBytes;
        var block = new byte[Megabyte];
        using var file = File.OpenHandle(_ballast, FileMode.Create, FileAccess.Write);
        try
        {
            for (var written = 0L; written < room; written += block.Length)
            {
                RandomAccess.Write(file, block.AsSpan(0, (int)Math.Min(block.Length, room - written)), written);
            }
        }
        catch (IOException)
        {
            RandomAccess.SetLength(file, Math.Max(0, RandomAccess.GetLength(file) - leavingBytes));
        }
    }

    public void Free() => File.Delete(_ballast);

    public void Dispose()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static (bool Done, string Said) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd().Trim();
        process.WaitForExit();
        return (process.ExitCode == 0, said);
    }
}
