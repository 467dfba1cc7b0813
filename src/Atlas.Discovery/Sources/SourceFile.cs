using System.Security.Cryptography;
using System.Text;

namespace Atlas.Discovery.Sources;

/// <summary>A file of the project, read once.</summary>
/// <param name="Path">The path relative to the root, with forward slashes.</param>
/// <param name="FullPath">The full path.</param>
/// <param name="Language"><c>csharp</c>, <c>python</c>, <c>json</c> or <c>text</c>.</param>
/// <param name="Text">The contents.</param>
/// <param name="Sha256">The SHA-256 hash of its bytes.</param>
internal sealed record SourceFile(string Path, string FullPath, string Language, string Text, string Sha256)
{
    public bool IsTest => Path.Split('/').Any(part =>
        part.Contains("test", StringComparison.OrdinalIgnoreCase) || part.Contains("benchmark", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static SourceFile Read(string root, string fullPath, string language)
    {
        var bytes = File.ReadAllBytes(fullPath);
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return new SourceFile(
            System.IO.Path.GetRelativePath(root, fullPath).Replace('\\', '/'),
            fullPath,
            language,
            reader.ReadToEnd(),
            Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
