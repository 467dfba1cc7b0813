using System.Text;
using Atlas.Configuration.Checking;

namespace Atlas.Configuration.Nodes;

/// <summary>Reads a file, in whichever of the two languages its name promises.</summary>
internal static class ConfigurationFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file's root, or null if it cannot be read; the log says why.</summary>
    public static ConfigurationNode? Read(string file, ProblemLog log)
    {
        try
        {
            var text = ReadText(file);
            return IsJson(file) ? JsonNodeReader.Read(text, file, log) : YamlNodeReader.Read(text, file, log);
        }
        catch (UnreadableFileException problem)
        {
            log.Error(problem.Place, "", problem.Message);
            return null;
        }
    }

    /// <summary>Whether the keys of a file's root are sections of a .NET host, of which only <c>Atlas</c> is ours.</summary>
    public static bool IsHostSettings(string file, ConfigurationNode root) =>
        IsJson(file)
        && root is MappingNode mapping
        && (Path.GetFileName(file).StartsWith("appsettings", StringComparison.OrdinalIgnoreCase)
            || mapping.Entries.Any(entry => entry.Name.Equals("Atlas", StringComparison.OrdinalIgnoreCase)));

    private static bool IsJson(string file) => Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase);

    private static string ReadText(string file)
    {
        var whole = ValueSource.InFile(file);
        try
        {
            using var stream = File.OpenRead(file);
            using var bytes = new MemoryStream();
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > NodeLimits.FileBytes)
                {
                    throw new UnreadableFileException(whole, "the file is larger than one megabyte, the limit for a configuration.");
                }
            }

            return StrictUtf8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).TrimStart('\uFEFF');
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadableFileException(whole, "there is no such file.");
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableFileException(whole, "the file is not UTF-8 text; save it as UTF-8.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException(whole, $"the file cannot be read: {error.Message}");
        }
    }
}
