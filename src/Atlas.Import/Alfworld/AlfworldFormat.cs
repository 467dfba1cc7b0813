using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atlas.Import.Json;

namespace Atlas.Import.Alfworld;

/// <summary>Recorded ALFWorld runs: a folder of files <c>ARM_trial_N.json</c>, each a list of <c>{name, memory, is_success}</c>. Files with
/// other names are ignored.</summary>
/// <remarks>The recordings contain no actions and no task texts, only the environment's name, the agent's self-reflections and whether it
/// succeeded. A solved environment is repeated in the later trials.</remarks>
public sealed partial class AlfworldFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "alfworld";

    /// <inheritdoc/>
    public override string Title => "recorded ALFWorld trials";

    /// <inheritdoc/>
    public override string Summary => "Import recorded ALFWorld trials: household tasks with the agent's reflections.";

    /// <inheritdoc/>
    public override string Example => "trials/ --key alfworld/reflexion --approve";

    /// <inheritdoc/>
    public override SourceKinds Sources => SourceKinds.Folder;

    internal override bool Fits(JsonElement record) =>
        record.TryGetProperty("is_success", out _) && record.TryGetProperty("memory", out _) && record.TryGetProperty("name", out _);

    internal override RecordedRun Read(SourceRecord record)
    {
        var name = TrialFile().Match(Path.GetFileName(record.File));
        return AlfworldRecord.Read(record.Element, name.Groups["arm"].Value, Number(name), record.Index);
    }

    internal override IReadOnlyList<string> Files(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"There is no folder '{path}'.");
        }

        var trials = Directory.EnumerateFiles(path, "*.json")
            .Select(file => (File: file, Name: TrialFile().Match(Path.GetFileName(file))))
            .Where(trial => trial.Name.Success)
            .OrderBy(trial => trial.Name.Groups["arm"].Value, StringComparer.Ordinal).ThenBy(trial => Number(trial.Name))
            .Select(trial => trial.File)
            .ToList();
        return trials.Count > 0
            ? trials
            : throw new FileNotFoundException($"The folder '{path}' has no file named ARM_trial_N.json, such as reflexion_trial_0.json.");
    }

    private static int Number(Match name) => int.Parse(name.Groups["trial"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<arm>[A-Za-z][A-Za-z0-9_-]*)_trial_(?<trial>[0-9]{1,4})\.json$", RegexOptions.CultureInvariant)]
    private static partial Regex TrialFile();
}
