using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Usage;
using Atlas.Learning.Compatibility;
using Atlas.Learning.Options;
using Atlas.Learning.Text;

namespace Atlas.Learning.Usage;

/// <summary>Counts, during one session, which entries' cues matched and which entries' tools were used. Thread-safe.</summary>
public sealed class UsageTracker
{
    private const int MaxExampleLength = 200;
    private static readonly string[] BothRoles = ["student", "teacher"];

    private readonly Lock _lock = new();
    private readonly UsageTrackingOptions _options;
    private readonly ReferenceRules _rules;
    private readonly Dictionary<string, OrderedDictionary<string, Tracked>> _roles = new(StringComparer.Ordinal);
    private SessionCounters _session = new();

    /// <summary>Creates a tracker for one session.</summary>
    /// <param name="options">The options. If tracking is off, every call does nothing and there is nothing to store.</param>
    public UsageTracker(UsageTrackingOptions options)
        : this(options, ReferenceRules.None)
    {
    }

    internal UsageTracker(UsageTrackingOptions options, ReferenceRules rules)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _rules = rules;
        foreach (var role in BothRoles)
        {
            _roles[role] = new OrderedDictionary<string, Tracked>(StringComparer.Ordinal);
        }
    }

    /// <summary>Adds entries to track, each for its audience. Entries that are already known keep their counters and their cue.</summary>
    public void Register(CueDetectorSet detectors)
    {
        ArgumentNullException.ThrowIfNull(detectors);
        if (!_options.Enabled)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var detector in detectors.Detectors)
            {
                foreach (var role in _rules.EntriesServeBothRoles ? BothRoles : [detector.Role])
                {
                    if (_roles.TryGetValue(role, out var tracked))
                    {
                        tracked.TryAdd(detector.EntryId, new Tracked(detector, CountersFor(detector.Entry)));
                    }
                }
            }
        }
    }

    /// <summary>Searches a text for the cues of a role, and counts each matching entry once.</summary>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="text">What the role sees: task and step, without the playbook itself.</param>
    /// <param name="stepId">The step; null outside a step.</param>
    /// <param name="hint">A shorter text to keep as an example.</param>
    public ImmutableArray<CueHit> Detect(string role, string? text, int? stepId = null, string? hint = null)
    {
        if (!_options.Enabled || string.IsNullOrEmpty(text) || !_roles.TryGetValue(role, out var entries))
        {
            return [];
        }

        Tracked[] watched;
        lock (_lock)
        {
            watched = [.. entries.Values];
        }

        // Matching needs no lock: it reads immutable matchers, and a slow pattern must not delay other steps.
        var found = watched.Where(item => item.Detector.Matcher.IsMatch(text)).ToArray();
        lock (_lock)
        {
            foreach (var item in found)
            {
                item.Counters = item.Counters with
                {
                    CueHits = item.Counters.CueHits + 1,
                    StepIds = With(item.Counters.StepIds, stepId),
                    CueExamples = Example(item.Counters.CueExamples, hint ?? text),
                };
                _session = _session with { CueHits = _session.CueHits + 1, UniqueCueSteps = With(_session.UniqueCueSteps, stepId) };
            }
        }

        return [.. found.Select(item => HitOf(item.Detector))];
    }

    /// <summary>Counts the use of a tool for every entry of the role that asks for it.</summary>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="runtimeHandle">The tool; case is ignored.</param>
    /// <param name="success">See <see cref="AdoptionSuccess"/>.</param>
    /// <param name="stepId">The step; null outside a step.</param>
    /// <param name="details">An object to keep as an example.</param>
    public void RecordAdoption(string role, string? runtimeHandle, bool success, int? stepId = null, JsonElement? details = null)
    {
        if (!_options.Enabled || string.IsNullOrEmpty(runtimeHandle) || !_roles.TryGetValue(role, out var entries))
        {
            return;
        }

        var comparison = _rules.HandleSpellingKept ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        lock (_lock)
        {
            var adopted = entries.Values.Where(item => string.Equals(item.Counters.RuntimeHandle, runtimeHandle, comparison)).ToArray();
            foreach (var item in adopted)
            {
                item.Counters = item.Counters with
                {
                    ActionAdoptions = item.Counters.ActionAdoptions + 1,
                    SuccessfulAdoptions = item.Counters.SuccessfulAdoptions + (success ? 1 : 0),
                    FailedAdoptions = item.Counters.FailedAdoptions + (success ? 0 : 1),
                    AdoptionSteps = With(item.Counters.AdoptionSteps, stepId),
                    AdoptionExamples = Example(item.Counters.AdoptionExamples, details, stepId),
                };
            }

            if (adopted.Length > 0)
            {
                _session = _session with
                {
                    ActionAdoptions = _session.ActionAdoptions + 1,
                    FailedAdoptions = _session.FailedAdoptions + (success ? 0 : 1),
                    UniqueAdoptionSteps = With(_session.UniqueAdoptionSteps, stepId),
                };
            }
        }
    }

    /// <summary>Records how the session ended. A second call overwrites the first.</summary>
    public void RecordOutcome(UsageOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (!_options.Enabled)
        {
            return;
        }

        lock (_lock)
        {
            _session = _session with
            {
                RewardScore = outcome.RewardScore,
                TokenUsage = outcome.TokenUsage?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? _session.TokenUsage,
                IncidentId = outcome.IncidentId,
                TaskIdentifier = outcome.TaskIdentifier,
                IncidentTags = [.. _session.IncidentTags
                    .Concat((outcome.IncidentTags.IsDefault ? [] : outcome.IncidentTags).Select(PythonText.Strip))
                    .Where(tag => tag.Length > 0)
                    .Distinct(StringComparer.Ordinal)],
                RetryCount = outcome.RetryCount,
                FailureFlag = outcome.Failed,
                FailureEvents = outcome.FailureEvents.IsDefault ? [] : outcome.FailureEvents,
            };
        }
    }

    /// <summary>Returns what was counted so far; null if tracking is off.</summary>
    public UsageSnapshot? Snapshot()
    {
        if (!_options.Enabled)
        {
            return null;
        }

        lock (_lock)
        {
            return new UsageSnapshot
            {
                Roles = _roles.ToImmutableSortedDictionary(
                    role => role.Key,
                    role => role.Value.ToImmutableSortedDictionary(item => item.Key, item => item.Value.Counters, StringComparer.Ordinal),
                    StringComparer.Ordinal),
                Session = _session,
                Detectors = _roles.Where(role => role.Value.Count > 0).ToImmutableSortedDictionary(
                    role => role.Key,
                    role => role.Value.Values.Select(item => HitOf(item.Detector)).ToImmutableArray(),
                    StringComparer.Ordinal),
            };
        }
    }

    /// <summary>Returns the entries that were hit or adopted, for the learning key.</summary>
    public ImmutableArray<EntryUsage> Usage()
    {
        lock (_lock)
        {
            return
            [
                .. from role in _roles
                   from item in role.Value
                   let counters = item.Value.Counters
                   where counters.CueHits > 0 || counters.ActionAdoptions > 0
                   select new EntryUsage
                   {
                       EntryId = item.Key,
                       Role = role.Key,
                       CueHits = counters.CueHits,
                       Adoptions = counters.ActionAdoptions,
                       SuccessfulAdoptions = counters.SuccessfulAdoptions,
                       FailedAdoptions = counters.FailedAdoptions,
                   },
            ];
        }
    }

    private static EntryCounters CountersFor(PlaybookEntry entry) => new()
    {
        RuntimeHandle = entry.Action.RuntimeHandle,
        Category = entry.Scope.Category,
        Metadata = new EntrySummary(entry.Cue, entry.Scope, entry.ExpectedEffect),
    };

    private static CueHit HitOf(CueDetector detector) => new(detector.EntryId, detector.Entry.Cue.Type, detector.Entry.Cue.Pattern);

    private static ImmutableArray<int> With(ImmutableArray<int> steps, int? stepId) =>
        stepId is { } step && !steps.Contains(step) ? steps.Add(step) : steps;

    private ImmutableArray<string>? Example(ImmutableArray<string>? examples, string text) =>
        !_options.CaptureExamples || examples?.Length >= _options.MaxExamplesPerEntry || _options.MaxExamplesPerEntry == 0
            ? examples
            : [.. examples ?? [], PythonText.Take(PythonText.Strip(text), MaxExampleLength)];

    private ImmutableArray<JsonElement>? Example(ImmutableArray<JsonElement>? examples, JsonElement? details, int? stepId)
    {
        if (!_options.CaptureExamples || details is not { ValueKind: JsonValueKind.Object } || examples?.Length >= _options.MaxExamplesPerEntry
            || _options.MaxExamplesPerEntry == 0)
        {
            return examples;
        }

        var example = JsonObject.Create(SafeJson.Clean(details.Value))!;
        example["step_id"] = stepId;
        return [.. examples ?? [], JsonSerializer.SerializeToElement(example, AtlasJson.Options)];
    }

    /// <summary>A detector and its counters. Guarded by the tracker's lock.</summary>
    private sealed class Tracked(CueDetector detector, EntryCounters counters)
    {
        public CueDetector Detector { get; } = detector;

        public EntryCounters Counters { get; set; } = counters;
    }
}
