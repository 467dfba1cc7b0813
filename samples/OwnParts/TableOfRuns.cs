using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atlas.Import;

namespace OwnParts;

/// <summary>An importer: a text file with a run on each line, task and answer, a tab between them.</summary>
internal sealed class TableOfRuns : IRunFormat
{
    public string Name => "shop-table";

    public string Title => "runs of the shop";

    public string Summary => "Import a table of tasks and answers.";

    public string Example => "runs.tsv --key shop/refunds";

    public SourceKinds Sources => SourceKinds.File;

    public Task<bool> RecognisesAsync(string path, CancellationToken cancellationToken = default) =>
        Task.FromResult(path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase));

    public async IAsyncEnumerable<RunOrError> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var index = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            var fields = line.Split('\t');
            yield return fields is [{ Length: > 0 } task, var answer]
                ? RunOrError.Good(new RecordedRun
                {
                    Index = index,
                    ExternalId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line))),
                    Task = task,
                    FinalAnswer = answer,
                    Metadata = JsonSerializer.SerializeToElement(new { source = Path.GetFileName(path) }),
                    Events = [],
                })
                : RunOrError.Bad(index, string.Create(CultureInfo.InvariantCulture, $"The line has {fields.Length} fields; a task and an answer were expected."), index + 1);
            index++;
        }
    }
}
