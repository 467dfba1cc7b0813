using Atlas.Discovery.Findings;

namespace Atlas.Discovery.Sources;

/// <summary>Finds the files of a project that are worth reading: sources, prompts and settings, without build output and installed
/// packages.</summary>
internal static class SourceTree
{
    private const long LargestFile = 1024 * 1024;
    private const int MostFiles = 20_000;

    private static readonly HashSet<string> Skipped = new(StringComparer.OrdinalIgnoreCase)
    {
        "bin", "obj", "node_modules", "venv", "env", "__pycache__", "site-packages", "dist", "build", "packages", "TestResults", "artifacts",
    };

    public static List<SourceFile> Read(string root, FindingLog log)
    {
        var files = new List<SourceFile>();
        foreach (var path in Walk(new DirectoryInfo(root), log))
        {
            if (LanguageOf(path) is not { } language)
            {
                continue;
            }

            if (files.Count == MostFiles)
            {
                log.Notes.Add($"Only the first {MostFiles} files were read. Choose a smaller folder with --path.");
                break;
            }

            try
            {
                if (path.Length <= LargestFile)
                {
                    files.Add(SourceFile.Read(root, path.FullName, language));
                }
                else
                {
                    log.Notes.Add($"{path.Name} is larger than {LargestFile / 1024} kB and was not read.");
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                log.Notes.Add($"{path.Name} could not be read: {failure.Message}");
            }
        }

        return files;
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder, FindingLog log)
    {
        FileSystemInfo[] items;
        try
        {
            items = folder.GetFileSystemInfos();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.Notes.Add($"The folder {folder.Name} could not be read: {failure.Message}");
            yield break;
        }

        foreach (var item in items.OrderBy(item => item.Name, StringComparer.Ordinal))
        {
            // A link can lead out of the project, or in a circle.
            if (item.LinkTarget is not null)
            {
                continue;
            }

            if (item is FileInfo file)
            {
                yield return file;
            }
            else if (item is DirectoryInfo inner && !Skipped.Contains(inner.Name) && (inner.Name[0] != '.' || inner.Name is ".vscode" or ".cursor"))
            {
                foreach (var below in Walk(inner, log))
                {
                    yield return below;
                }
            }
        }
    }

    private static string? LanguageOf(FileInfo file) => file.Extension.ToLowerInvariant() switch
    {
        ".cs" => "csharp",
        ".py" => "python",
        ".json" when file.Name is "mcp.json" or ".mcp.json" or "launchSettings.json" or "settings.json" or "claude_desktop_config.json" => "json",
        ".prompt" or ".prompty" => "text",
        ".md" or ".txt" when file.Directory?.Name is "prompts" or "Prompts" => "text",
        _ => null,
    };
}
