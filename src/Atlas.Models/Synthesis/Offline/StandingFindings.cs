using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>A finding as it is written into the playbook's metadata.</summary>
/// <param name="Id">What was found, and in which direction; also the id of its entry, if it has one.</param>
/// <param name="Trait">The same in words.</param>
/// <param name="Good">Whether it went with reward.</param>
/// <param name="Comparison">What was compared.</param>
/// <param name="P">Its probability by chance.</param>
/// <param name="Adjusted">The probability corrected for the number of candidates.</param>
/// <param name="Evidence">The counts of an action in words.</param>
internal sealed record FindingRecord(
    string Id, string Trait, bool Good, Comparison Comparison, double P, double Adjusted, string? Evidence = null)
{
    public static FindingRecord Of(Candidate finding, Sample sample) => new(
        finding.Trait.EntryId(finding.Good), finding.Trait.Label, finding.Good, finding.Comparison, Rounded(finding.P), Rounded(finding.Adjusted),
        finding.Trait.IsAction ? Phrases.Evidence(finding, Counts.Of(sample, finding.Trait)) : null);

    // Enough digits to compare; the last ones of a sum of many terms are noise.
    private static double Rounded(double p) => double.Round(p, 6);
}

/// <summary>What the previous synthesis found. A finding stays while it passes uncorrected in the same comparison, so that one near the
/// bound does not come and go with every session. Once it is gone, it must pass corrected again.</summary>
internal sealed class StandingFindings
{
    /// <summary>The key in the metadata of a playbook.</summary>
    public const string MetadataKey = "offline_synthesis";

    private readonly HashSet<(string Id, Comparison Comparison)> _findings;

    private StandingFindings(IEnumerable<FindingRecord> findings) =>
        _findings = [.. findings.Select(finding => (finding.Id, finding.Comparison))];

    public int Count => _findings.Count;

    public bool Contains(Candidate candidate) =>
        _findings.Contains((candidate.Trait.EntryId(candidate.Good), candidate.Comparison));

    public static StandingFindings Of(LearnedPlaybook current)
    {
        if (!current.Metadata.TryGetValue(MetadataKey, out var record)
            || record.ValueKind != JsonValueKind.Object
            || !record.TryGetProperty("findings", out var findings))
        {
            return new([]);
        }

        try
        {
            return new((findings.Deserialize<FindingRecord?[]>(AtlasJson.Options) ?? []).OfType<FindingRecord>());
        }
        catch (JsonException)
        {
            // Somebody else wrote under this key. Without a record everything must pass corrected, which is the safe side.
            return new([]);
        }
    }
}
