using System.Text.RegularExpressions;

namespace Atlas.Testing.Documents;

/// <summary>A block of code in a page.</summary>
/// <param name="Language">What stands behind the fence: <c>sh</c>, <c>csharp</c>, …; empty where nothing does.</param>
/// <param name="Line">Where its first line of code stands, counted from 1.</param>
/// <param name="Code">Its lines.</param>
/// <param name="File">The file that the text before it tells the reader to put it into; null where it tells of none.</param>
public sealed record CodeBlock(string Language, int Line, IReadOnlyList<string> Code, string? File)
{
    /// <summary>The whole of it.</summary>
    public string Text => string.Join('\n', Code) + "\n";
}

/// <summary>What a test follows of a page of the documentation.</summary>
public static partial class MarkdownPage
{
    /// <summary>The pages that readers find in the repository: their paths within it, with forward slashes.</summary>
    /// <param name="root">The repository.</param>
    public static IReadOnlyList<string> All(string root) =>
    [
        .. Directory.EnumerateFiles(root, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The blocks of code of a page, in their order.</summary>
    /// <param name="path">The file.</param>
    public static IReadOnlyList<CodeBlock> Blocks(string path)
    {
        var blocks = new List<CodeBlock>();
        var lines = System.IO.File.ReadAllLines(path);
        for (var index = 0; index < lines.Length; index++)
        {
            if (!lines[index].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            var end = Array.FindIndex(lines, index + 1, line => line == "```");
            var before = lines.Take(index).LastOrDefault(line => line.Length > 0) ?? "";
            var file = PutInto().Match(before) is { Success: true } put ? put.Groups["file"].Value : null;
            blocks.Add(new CodeBlock(lines[index][3..], index + 2, lines[(index + 1)..end], file));
            index = end;
        }

        return blocks;
    }

    [GeneratedRegex(@"\b[Pp]ut this into `(?<file>[^`]+)`:$")]
    private static partial Regex PutInto();
}
