using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Cli.Workspace;

/// <summary>Small JSON files that are there whole or not at all.</summary>
internal static class JsonFile
{
    /// <summary>Writes beside the file and then takes its place. Readable by the owner only: it may hold a password.</summary>
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

    /// <summary>The value, or null if there is no file or it is not readable as one.</summary>
    public static T? Read<T>(string path)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), AtlasJson.Options);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // A record that cannot be read says nothing about what runs; the next `up` writes it anew.
            return null;
        }
    }
}
