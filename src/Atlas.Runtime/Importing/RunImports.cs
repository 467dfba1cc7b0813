using Atlas.Client;
using Atlas.Contracts;
using Atlas.Domain;
using Atlas.Import;

namespace Atlas.Runtime.Importing;

/// <summary>Brings recorded runs of any form that is known here into the cluster.</summary>
/// <param name="client">The cluster.</param>
/// <param name="formats">Forms of one's own; they go before those of the product.</param>
public sealed class RunImports(IAtlasClient client, IEnumerable<IRunFormat> formats)
{
    private readonly IRunFormat[] _formats = [.. formats, .. RunFormats.All];

    /// <summary>The names of the forms.</summary>
    public IEnumerable<string> Names => _formats.Select(format => format.Name).Distinct(StringComparer.Ordinal);

    /// <summary>Imports a source, run by run. Importing it again counts nothing twice, and goes on where an import was interrupted.</summary>
    /// <param name="format">The name of its form, for example <c>tau-bench</c>.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="learningKey">The key that the runs teach.</param>
    /// <param name="review">The review that goes with every session; null leaves it to the configuration.</param>
    /// <param name="cancellationToken">Stops it; what is stored stays.</param>
    /// <exception cref="AtlasRefusedException">There is no such form; the sentence names those there are.</exception>
    /// <exception cref="AtlasUnavailableException">The cluster is away. Import the source again.</exception>
    /// <exception cref="IOException">The source cannot be read.</exception>
    public async Task<RunImportResult> ImportAsync(
        string format, string path, string learningKey, ReviewDecision? review = null, CancellationToken cancellationToken = default)
    {
        var reader = Array.Find(_formats, known => known.Name == format) ?? throw new AtlasRefusedException(
            $"There is no form of recorded runs called '{format}'; there are {string.Join(", ", Names)}.");
        var importer = new SessionImporter(client, learningKey, review);
        var (imported, known, bad) = (0, 0, new List<string>());
        await foreach (var record in reader.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            if (!record.Succeeded)
            {
                bad.Add($"record {record.Index}: {record.Error}");
                continue;
            }

            try
            {
                var outcome = await importer.ImportAsync(record.Run, cancellationToken).ConfigureAwait(false);
                (imported, known) = outcome.IsNew ? (imported + 1, known) : (imported, known + 1);
            }
            catch (AtlasRefusedException refused)
            {
                bad.Add($"record {record.Index}: {refused.Message}");
            }
        }

        return new RunImportResult(imported, known, bad);
    }
}

/// <summary>What came of an import.</summary>
/// <param name="Imported">Sessions that are new.</param>
/// <param name="AlreadyThere">Runs that an earlier import had brought in.</param>
/// <param name="Bad">For each record that is none: its place and why.</param>
public sealed record RunImportResult(int Imported, int AlreadyThere, IReadOnlyList<string> Bad);
