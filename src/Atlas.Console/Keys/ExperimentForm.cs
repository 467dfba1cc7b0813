using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Http.Problems;
using Atlas.Learning.Text;

namespace Atlas.Pages.Keys;

/// <summary>What the arms of an experiment differ in.</summary>
public enum ArmsDiffer
{
    Versions,
    Entry,
    Configuration,
}

/// <summary>An experiment as entered in the form, before it is started.</summary>
public sealed record ExperimentForm
{
    private const double PerCent = 100;
    private const double LeastPoints = 0.1;
    private const int MostSessions = 10_000_000;

    public ArmsDiffer Of { get; init; }

    public string First { get; init; } = "";

    public string New { get; init; } = "";

    public string Entry { get; init; } = "";

    public string Model { get; init; } = "";

    public string Mode { get; init; } = "";

    public string Prompt { get; init; } = "";

    public string Synthesizer { get; init; } = "";

    /// <summary>Gets the percentage of sessions in the new arm.</summary>
    public string Share { get; init; } = "50";

    /// <summary>Gets the difference in points of reward that would be worth seeing.</summary>
    public string Points { get; init; } = "20";

    public string Most { get; init; } = "";

    public string Reason { get; init; } = "";

    internal static ExperimentForm Read(IFormCollection form) => new()
    {
        Of = WireName.ReadOrNull<ArmsDiffer>(form["of"].ToString()) ?? throw Problem.InvalidRequest.With("Choose how the arms differ: versions, entry or configuration."),
        First = form["first"].ToString(),
        New = form["new"].ToString(),
        Entry = form["entry"].ToString(),
        Model = form["model"].ToString(),
        Mode = form["mode"].ToString(),
        Prompt = form["prompt"].ToString(),
        Synthesizer = form["synthesizer"].ToString(),
        Share = form["share"].ToString(),
        Points = form["points"].ToString(),
        Most = form["most"].ToString(),
        Reason = form["reason"].ToString(),
    };

    /// <summary>Converts the form into a plan.</summary>
    /// <exception cref="ProblemException">A field has a value that a plan cannot have.</exception>
    public ExperimentPlan Plan() => new()
    {
        FirstVersion = Of is ArmsDiffer.Versions ? Whole(First, "The version of the first arm", 0) : null,
        NewVersion = Of is ArmsDiffer.Versions ? Whole(New, "The version of the new arm", 0) : null,
        Entry = Of is not ArmsDiffer.Entry ? null : Entry.Trim() is { Length: > 0 } entry ? entry : throw Wrong("Choose the entry that the new arm gets."),
        Configuration = Of is ArmsDiffer.Configuration ? Settings() : null,
        Share = Number(Share, "The share of the new arm", ExperimentPlan.SmallestShare * PerCent, (1 - ExperimentPlan.SmallestShare) * PerCent) / PerCent,
        Difference = Number(Points, "The smallest difference", LeastPoints, PerCent) / PerCent,
        MaxSessions = string.IsNullOrWhiteSpace(Most) ? null : Whole(Most, "The number of sessions", 2),
    };

    /// <summary>Returns the command line that starts the same experiment, and the file that it reads if it needs one.</summary>
    /// <param name="key">The key as a word of the command line.</param>
    /// <param name="plan">The plan.</param>
    public static (string Command, string? File) Line(string key, ExperimentPlan plan)
    {
        var arms = plan switch
        {
            { NewVersion: { } other } => string.Create(CultureInfo.InvariantCulture, $"--versions {plan.FirstVersion},{other}"),
            { Entry: { } entry } => $"--entry {ShellWord.Of(entry)}",
            _ => "--configuration arm.yaml",
        };
        var command = string.Create(
            CultureInfo.InvariantCulture,
            $"atlas experiment start {key} {arms} --share {plan.Share:0.####} --points {plan.Difference * PerCent:0.##}{(plan.MaxSessions is { } most ? $" --max-sessions {most}" : "")} --reason TEXT");
        return (command, plan.Configuration is { } settings ? string.Join('\n', Lines(settings)) : null);
    }

    private static IEnumerable<string> Lines(ArmSettings settings)
    {
        if (settings.InjectionMode is { } mode)
        {
            yield return $"injection_mode: {mode.ToWire()}";
        }

        if (settings.Model is { } model)
        {
            yield return $"model: {System.Text.Json.JsonSerializer.Serialize(model)}";
        }

        if (settings.Synthesizer is { } synthesizer)
        {
            yield return $"synthesizer: {System.Text.Json.JsonSerializer.Serialize(synthesizer)}";
        }

        if (settings.SystemPrompt is { } prompt)
        {
            yield return "system_prompt: |";
            foreach (var line in prompt.ReplaceLineEndings("\n").Split('\n'))
            {
                yield return $"  {line}";
            }
        }
    }

    private ArmSettings Settings()
    {
        var settings = new ArmSettings
        {
            InjectionMode = string.IsNullOrWhiteSpace(Mode) ? null
                : WireName.ReadOrNull<InjectionMode>(Mode) ?? throw Wrong($"The place of the playbook must be {string.Join(" or ", WireName.All<InjectionMode>())}."),
            Model = string.IsNullOrWhiteSpace(Model) ? null : Model.Trim(),
            SystemPrompt = string.IsNullOrWhiteSpace(Prompt) ? null : Prompt.ReplaceLineEndings("\n"),
            Synthesizer = string.IsNullOrWhiteSpace(Synthesizer) ? null : Synthesizer.Trim(),
        };
        return settings.Names.Any() ? settings : throw Wrong("Set what is different in the new arm: its model, the place of the playbook, its system prompt, or the synthesizer.");
    }

    private static int Whole(string text, string what, int least) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= MostSessions
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{what} must be a whole number from {least} to {MostSessions}, not '{Wording.OneLine(text, 60)}'."));

    private static double Number(string text, string what, double least, double most) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{what} must be a number from {least:0.##} to {most:0.##}, not '{Wording.OneLine(text, 60)}'."));

    private static ProblemException Wrong(string sentence) => Problem.InvalidRequest.With(sentence);
}
