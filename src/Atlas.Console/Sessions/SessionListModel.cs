using System.Collections.Immutable;
using System.Globalization;
using Atlas.Pages.Frame;
using Atlas.Queries;

namespace Atlas.Pages.Sessions;

/// <summary>The model of the list of sessions.</summary>
/// <param name="Filter">The filter in the address; its key is written as the reader writes it.</param>
/// <param name="Asked">The filter parameters of the address, as they were written.</param>
/// <param name="Sessions">The sessions.</param>
/// <param name="HasMore">Whether there are older ones.</param>
/// <param name="End">The last session that was looked at, if there are older ones that may fit; null if there are none.</param>
public sealed record SessionListModel(
    SessionFilter Filter, ImmutableArray<(string Name, string? Value)> Asked, ImmutableArray<SessionSummary> Sessions, bool HasMore, SearchEnd? End)
{
    private const int MostLookedAt = 20_000;
    private const int MostOpened = 5000;

    private const string Key = "key";
    private const string Status = "status";
    private const string Review = "review";
    private const string Tag = "tag";
    private const string Entry = "entry";
    private const string Withheld = "withheld";
    private const string Version = "version";
    private const string Experiment = "experiment";
    private const string Arm = "arm";
    private const string Drift = "drift";
    private const string Waits = "waits";
    private const string From = "from";
    private const string To = "to";

    private static readonly ImmutableArray<string> Names = [Key, Status, Review, Tag, Entry, Withheld, Version, Experiment, Arm, Drift, Waits, From, To];

    /// <summary>Gets a value indicating whether a rare filter is set, so its fields are shown.</summary>
    public bool AsksMore => Asked.Any(one => one.Value is not null && one.Name is Entry or Withheld or Version or Experiment or Arm or Drift or Waits);

    /// <summary>So many sessions are looked at for a page. What stands in JSON is opened for that, which takes several times as long as reading a column.</summary>
    public int Most => MostOf(Filter);

    /// <summary>Returns the address of the same list from another session on.</summary>
    public string Address(long? before) => Addresses.With("/sessions", [.. Asked, ("before", before?.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>Gets a parameter of the address as it was written; null if it is missing.</summary>
    public string? this[string name] => Asked.FirstOrDefault(one => one.Name == name).Value;

    internal static ImmutableArray<(string Name, string? Value)> AskedOf(ConsoleRequest request) => [.. Names.Select(name => (name, request.Text(name)))];

    internal static int MostOf(SessionFilter filter) =>
        filter.Tag is not null || filter.Entry is not null || filter.Withheld is not null || filter.Experiment is not null || filter.DriftAlert is false ? MostOpened : MostLookedAt;

    internal static SessionFilter FilterOf(ConsoleRequest request) => new()
    {
        LearningKey = request.Text(Key),
        Status = request.Word<Domain.SessionStatus>(Status),
        ReviewStatus = request.Word<Domain.ReviewStatus>(Review),
        Tag = request.Text(Tag),
        Entry = request.Text(Entry),
        Withheld = request.Text(Withheld),
        PlaybookVersion = request.Version(Version),
        Experiment = request.Version(Experiment),
        InNewArm = request.Word<ExperimentSide>(Arm) is { } side ? side is ExperimentSide.New : null,
        DriftAlert = request.Flag(Drift),
        WaitsFor = request.Word<SessionWait>(Waits),
        From = request.Day(From),
        Until = request.EndOf(To),
        BeforeId = request.Number("before"),
    };
}

/// <summary>An arm of an experiment, as addresses name it.</summary>
public enum ExperimentSide
{
    /// <summary>The new arm.</summary>
    New,

    /// <summary>The baseline arm.</summary>
    First,
}
