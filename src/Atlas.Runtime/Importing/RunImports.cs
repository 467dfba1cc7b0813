using Atlas.Client;
using Atlas.Contracts;
using Atlas.Domain;
using Atlas.Import;

namespace Atlas.Runtime.Importing;

/// <summary>Imports recorded runs of any known format into the cluster.</summary>
/// <param name="client">The client of the cluster.</param>
/// <param name="formats">Custom formats, which take precedence over the built-in ones.</param>
public sealed class RunImports(IAtlasClient client, IEnumerable<IRunFormat> formats)
{
    private readonly IRunFormat[] _formats = [.. formats, .. RunFormats.All];

    /// <summary>Gets the names of the formats.</summary>
    public IEnumerable<string> Names => _formats.Select(format => format.Name).Distinct(StringComparer.Ordinal);

    /// <summary>Imports a source, run by run. Importing it again counts nothing twice, and an interrupted import continues where it
    /// stopped.</summary>
    /// <param name="format">The name of its format, for example <c>tau-bench</c>.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="learningKey">The key that the runs teach.</param>
    /// <param name="review">The review of every session; null leaves it to the configuration.</param>
    /// <param name="cancellationToken">Stops the import; what is stored stays.</param>
    /// <exception cref="AtlasRefusedException">There is no such format; the message lists those that exist.</exception>
    /// <exception cref="AtlasUnavailableException">The cluster is unreachable. Import the source again.</exception>
    /// <exception cref="IOException">The source cannot be read.</exception>
    public async Task<RunImportResult> ImportAsync(
        string format, string path, string learningKey, ReviewDecision? review = null, CancellationToken cancellationToken = default)
    {
        var reader = Array.Find(_formats, known => known.Name == format) ?? throw new AtlasRefusedException(
            $"There is no import format '{format}'. Use one of: {string.Join(", ", Names)}.");
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

/// <summary>The result of an import.</summary>
/// <param name="Imported">The number of new sessions.</param>
/// <param name="AlreadyThere">The number of runs that were already imported.</param>
/// <param name="Bad">For each invalid record, where it is and why it is invalid.</param>
public sealed record RunImportResult(int Imported, int AlreadyThere, IReadOnlyList<string> Bad);
