using System.Collections.Immutable;
using Atlas.Import.Alfworld;
using Atlas.Import.CarBench;
using Atlas.Import.Chat;
using Atlas.Import.Files;
using Atlas.Import.Otel;
using Atlas.Import.StateBench;
using Atlas.Import.SweAgent;
using Atlas.Import.Tau2;
using Atlas.Import.TauBench;

namespace Atlas.Import;

/// <summary>The supported formats of recorded runs.</summary>
public static class RunFormats
{
    /// <summary>Gets all formats, in the order of the help.</summary>
    public static ImmutableArray<IRunFormat> All { get; } =
    [
        new TauBenchFormat(), new Tau2Format(), new CarBenchFormat(), new StateBenchFormat(), new AlfworldFormat(),
        new SweAgentFormat(), new ChatFormat(), new OtelFormat(),
    ];

    /// <summary>Returns the format of a source; null if it has none of these.</summary>
    public static async Task<IRunFormat?> RecogniseAsync(string path, CancellationToken cancellationToken = default)
    {
        foreach (var format in All)
        {
            if (await format.RecognisesAsync(path, cancellationToken).ConfigureAwait(false))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>Returns why a file cannot contain recorded runs of any format, as the rest of a sentence about it, such as <c>is empty</c>;
    /// null if it might, or is a folder.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static string? Refusal(string path)
    {
        if (Directory.Exists(path))
        {
            return null;
        }

        using var stream = SourceFile.Open(path);
        Span<byte> head = stackalloc byte[SourceText.HeadLength];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return SourceText.Refusal(head[..length], isWhole: length < head.Length);
    }
}
