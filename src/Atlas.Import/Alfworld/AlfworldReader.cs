using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atlas.Import.Json;

namespace Atlas.Import.Alfworld;

/// <summary>Reads recorded ALFWorld runs: a folder of files <c>ARM_trial_N.json</c>, each a JSON array of
/// <c>{name, memory, is_success}</c>.</summary>
/// <remarks>The recordings hold no actions and no task texts, only the environment's name, the agent's self-reflections and
/// whether it succeeded. An environment that was solved is carried along in the later trials.</remarks>
public static partial class AlfworldReader
{
    /// <summary>Reads a folder, arm by arm and trial by trial.</summary>
    /// <param name="directory">The folder; files whose names have another form are left alone.</param>
    /// <returns>Good and bad records in order; the index counts through all files. A file that is no JSON gives one error.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder has no file of that form.</exception>
    public static IEnumerable<RunOrError> Read(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"There is no folder '{directory}'.");
        }

        var trials = Trials(directory);
        return trials.Count > 0
            ? ReadAll(trials)
            : throw new FileNotFoundException($"The folder '{directory}' has no file named ARM_trial_N.json, say reflexion_trial_0.json.");
    }

    private static List<AlfworldTrial> Trials(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*.json")
            .Select(path => (Path: path, Match: TrialFile().Match(System.IO.Path.GetFileName(path))))
            .Where(file => file.Match.Success)
            .Select(file => new AlfworldTrial(
                file.Path, file.Match.Groups["arm"].Value, int.Parse(file.Match.Groups["trial"].Value, CultureInfo.InvariantCulture)))
            .OrderBy(trial => trial.Arm, StringComparer.Ordinal).ThenBy(trial => trial.Number)];

    private static IEnumerable<RunOrError> ReadAll(List<AlfworldTrial> trials)
    {
        var index = 0;
        foreach (var trial in trials)
        {
            using var document = Open(trial, out var broken);
            if (document is null)
            {
                yield return RunOrError.Bad(index++, broken!);
                continue;
            }

            foreach (var record in document.RootElement.EnumerateArray())
            {
                yield return Read(record, trial, index++);
            }
        }
    }

    private static RunOrError Read(JsonElement record, AlfworldTrial trial, int index)
    {
        try
        {
            return RunOrError.Good(AlfworldRecord.Read(record, trial, index));
        }
        catch (RecordException e)
        {
            return RunOrError.Bad(index, $"{trial.FileName}: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            return RunOrError.Bad(index, $"{trial.FileName}: A text in the record is not valid UTF-8.");
        }
    }

    private static JsonDocument? Open(AlfworldTrial trial, out string? broken)
    {
        broken = null;
        try
        {
            using var stream = File.OpenRead(trial.Path);
            var document = JsonDocument.Parse(stream);
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                return document;
            }

            broken = $"{trial.FileName} must be a JSON array of records; it is {Fields.Describe(document.RootElement.ValueKind)}.";
            document.Dispose();
        }
        catch (JsonException e)
        {
            broken = $"{trial.FileName} is no valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; none of its records were read.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            broken = $"{trial.FileName} cannot be read: {e.Message}";
        }

        return null;
    }

    [GeneratedRegex(@"^(?<arm>[A-Za-z][A-Za-z0-9_-]*)_trial_(?<trial>[0-9]{1,4})\.json$", RegexOptions.CultureInvariant)]
    private static partial Regex TrialFile();
}
