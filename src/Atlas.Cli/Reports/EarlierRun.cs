using System.Text.Json;
using Atlas.Reports.Files;

namespace Atlas.Cli.Reports;

/// <summary>The reports of an earlier run, read through its index.</summary>
internal sealed class EarlierRun
{
    private readonly string _file;
    private readonly Dictionary<string, string> _reports;

    private EarlierRun(string file, Dictionary<string, string> reports)
    {
        _file = file;
        _reports = reports;
    }

    /// <exception cref="CommandFailedException">The file does not exist, or is not an index.</exception>
    public static async Task<EarlierRun> OpenAsync(string file, CancellationToken cancellation)
    {
        if (!File.Exists(file))
        {
            throw new CommandFailedException(ExitCode.NotFound, $"There is no file {file} to compare with. Give the index.json of an earlier report.");
        }

        try
        {
            await using var stream = File.OpenRead(file);
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellation);
            return new EarlierRun(Path.GetFullPath(file), Read(document.RootElement));
        }
        catch (JsonException wrong)
        {
            throw NoIndex(file, wrong.Message, wrong);
        }
        catch (InvalidOperationException wrong)
        {
            throw NoIndex(file, "it has no object 'artifacts' that lists the files of each key.", wrong);
        }
    }

    /// <summary>Returns the earlier report of a key and the path of its file; null if the run had none.</summary>
    /// <exception cref="CommandFailedException">The index names a file that cannot be read.</exception>
    public async Task<(string Path, EarlierReport Report)?> FindAsync(string learningKey, CancellationToken cancellation)
    {
        if (!_reports.TryGetValue(learningKey, out var name))
        {
            return null;
        }

        // The original wrote paths relative to its caller's folder; Atlas writes them relative to the index.
        var folder = Path.GetDirectoryName(_file)!;
        string[] places = [Path.Combine(folder, name), Path.GetFullPath(name), Path.Combine(folder, Path.GetFileName(name))];
        var path = places.FirstOrDefault(File.Exists)
            ?? throw new CommandFailedException(ExitCode.NotFound, $"{_file} names the file {name} for '{learningKey}', which does not exist.");
        try
        {
            await using var stream = File.OpenRead(path);
            return (path, await EarlierReport.ReadAsync(stream, cancellation));
        }
        catch (JsonException wrong)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{path} is not a report: {wrong.Message}", wrong);
        }
    }

    private static Dictionary<string, string> Read(JsonElement index)
    {
        var reports = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in index.TryGetProperty("artifacts", out var artifacts) ? artifacts.EnumerateObject() : throw new InvalidOperationException())
        {
            if (key.Value.TryGetProperty("json", out var json) && json.GetString() is { Length: > 0 } name)
            {
                reports[key.Name] = name;
            }
        }

        return reports;
    }

    private static CommandFailedException NoIndex(string file, string why, Exception cause) =>
        new(ExitCode.Failed, $"{file} is not the index of a report: {why}", cause);
}
