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

/// <summary>The forms of recorded runs that can be read.</summary>
public static class RunFormats
{
    /// <summary>All of them, in the order of the help.</summary>
    public static ImmutableArray<IRunFormat> All { get; } =
    [
        new TauBenchFormat(), new Tau2Format(), new CarBenchFormat(), new StateBenchFormat(), new AlfworldFormat(),
        new SweAgentFormat(), new ChatFormat(), new OtelFormat(),
    ];

    /// <summary>The form that a source has; null if it has none of these.</summary>
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

    /// <summary>Why a file cannot hold recorded runs of any form, as the rest of a sentence about it: <c>is empty</c>; null if it
    /// may, or is a folder.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
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
