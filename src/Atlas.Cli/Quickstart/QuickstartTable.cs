using System.Globalization;
using Atlas.Cli.Output;
using Atlas.Domain;

namespace Atlas.Cli.Quickstart;

/// <summary>A table that grows row by row; arrows compare each figure with the row before.</summary>
internal sealed class QuickstartTable(Terminal terminal)
{
    private QuickstartRow? _before;

    public void WriteHeading() => terminal.Data(Line("task", "reward", "tokens", "time", "cues", "playbook", "what happened"), Tint.Heading);

    public void Write(QuickstartRow row)
    {
        terminal.Data(Line(
            row.Number.ToString(CultureInfo.InvariantCulture),
            $"{Wording.Score(row.Reward)} {Arrow(row.Reward, _before?.Reward)}",
            $"{row.Tokens.ToString("N0", CultureInfo.InvariantCulture)} {Arrow(row.Tokens, _before?.Tokens)}",
            $"{row.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s {Arrow(Math.Round(row.Seconds, 1), _before is null ? null : Math.Round(_before.Seconds, 1))}",
            $"{row.CueHits.ToString(CultureInfo.InvariantCulture)} {Arrow(row.CueHits, _before?.CueHits)}",
            row.LearnedVersion == row.PlaybookVersion
                ? string.Create(CultureInfo.InvariantCulture, $"{row.PlaybookVersion}")
                : string.Create(CultureInfo.InvariantCulture, $"{row.PlaybookVersion} → {row.LearnedVersion}"),
            Wording.OneLine(row.Status is SessionStatus.Succeeded ? row.Rationale : $"failed; {row.Rationale}", 100)));
        _before = row;
    }

    private static string Arrow(double? now, double? before) =>
        now is not { } value || before is not { } earlier ? " " : value > earlier ? "↑" : value < earlier ? "↓" : "=";

    private static string Line(string number, string reward, string tokens, string time, string cues, string playbook, string happened) =>
        $"{number,4}  {reward,8}  {tokens,9}  {time,9}  {cues,6}  {playbook,-8}  {happened}".TrimEnd();
}
