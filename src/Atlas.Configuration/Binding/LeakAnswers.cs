using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Configuration.Checking;

namespace Atlas.Configuration.Binding;

/// <summary>Reads the file that <c>learning.leak_guard.answers_file</c> names.</summary>
internal static class LeakAnswers
{
    private const string Path = "learning.leak_guard.answers_file";
    private const long LargestFile = 16 * 1024 * 1024;

    public static AtlasConfiguration Read(AtlasConfiguration configuration, ValueSources sources, ProblemLog log)
    {
        var guard = configuration.Learning.LeakGuard;
        if (guard.AnswersFile is not { } named)
        {
            return configuration;
        }

        var source = sources.Of(Path);
        try
        {
            var answers = In(Place(named, source));
            if (answers.All(string.IsNullOrWhiteSpace))
            {
                log.Warning(source, Path, $"is {ScalarConversion.Quote(named)}, a file without answers, so it has no effect.");
            }

            return configuration with
            {
                Learning = configuration.Learning with { LeakGuard = guard with { FileAnswers = [.. answers.Where(answer => !string.IsNullOrWhiteSpace(answer))] } },
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            log.Error(source, Path, $"is {ScalarConversion.Quote(named)}, which cannot be read: {Why(failure)}");
            return configuration;
        }
    }

    /// <summary>The file as it is seen from the configuration that names it.</summary>
    private static string Place(string named, ValueSource source)
    {
        var folder = source is { Kind: ValueSourceKind.File, Name: { } file } ? System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file)) : null;
        return System.IO.Path.GetFullPath(named, folder ?? Environment.CurrentDirectory);
    }

    private static ImmutableArray<string> In(string file)
    {
        if (new FileInfo(file) is { Exists: true, Length: > LargestFile })
        {
            throw new InvalidDataException("it is larger than 16 MiB.");
        }

        if (!file.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return [.. File.ReadAllLines(file)];
        }

        try
        {
            return [.. JsonSerializer.Deserialize<string[]>(File.ReadAllText(file)) ?? []];
        }
        catch (JsonException)
        {
            throw new InvalidDataException("""it must be a JSON list of texts, as in ["first answer", "second answer"].""");
        }
    }

    private static string Why(Exception failure) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file.",
        UnauthorizedAccessException => "it is a folder, or this user is not allowed to read it.",
        _ => failure.Message,
    };
}
