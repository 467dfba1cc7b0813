using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Cli.Workspace;

/// <summary>Small JSON files that are complete or do not exist.</summary>
internal static class JsonFile
{
    /// <summary>Writes a temporary file and renames it. Readable by the owner only, because it may contain a password.</summary>
    public static void Write<T>(string path, T value)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var fresh = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(fresh, options))
        {
            JsonSerializer.Serialize(stream, value, AtlasJson.Indented);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Reads the value; returns null if the file does not exist or cannot be read.</summary>
    public static T? Read<T>(string path)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), AtlasJson.Options);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // An unreadable record says nothing about what is running; the next `up` rewrites it.
            return null;
        }
    }
}
