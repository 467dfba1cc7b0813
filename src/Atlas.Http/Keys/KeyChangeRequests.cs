using System.ComponentModel;
using System.Text.Json;

namespace Atlas.Http.Keys;

/// <summary>The reason and the author of a change.</summary>
/// <param name="Reason">The reason for the change, which the history shows.</param>
/// <param name="Author">Who makes the change. The default is the name of the API key.</param>
internal sealed record SwitchRequest(
    [property: Description("The reason for the change, which the history shows.")] string? Reason = null,
    [property: Description("Who makes the change. The default is the name of the API key.")] string? Author = null);

/// <summary>A change to a particular version.</summary>
/// <param name="Version">The number of the version; 0 is the empty playbook before the first version.</param>
/// <param name="Reason">The reason for the change, which the history shows.</param>
/// <param name="Author">Who makes the change. The default is the name of the API key.</param>
internal sealed record VersionRequest(
    [property: Description("The number of the version; 0 is the empty playbook before the first version.")] int Version,
    [property: Description("The reason for the change, which the history shows.")] string? Reason = null,
    [property: Description("Who makes the change. The default is the name of the API key.")] string? Author = null);

/// <summary>The version of a staged key to promote.</summary>
/// <param name="Version">The number of the version. The default is the newest.</param>
/// <param name="Reason">The reason for the change, which the history shows.</param>
/// <param name="Author">Who makes the change. The default is the name of the API key.</param>
internal sealed record PromoteRequest(
    [property: Description("The number of the version. The default is the newest.")] int? Version = null,
    [property: Description("The reason for the change, which the history shows.")] string? Reason = null,
    [property: Description("Who makes the change. The default is the name of the API key.")] string? Author = null);

/// <summary>A playbook to make the newest version.</summary>
/// <param name="Playbook">The playbook, a JSON object in the form of a version's <c>document</c> or of <c>atlas playbook
/// export</c>.</param>
/// <param name="Reason">The reason for the change, which the history shows.</param>
/// <param name="Author">Who makes the change. The default is the name of the API key.</param>
internal sealed record PlaybookRequest(
    [property: Description("The playbook, a JSON object in the form of a version's document or of atlas playbook export.")] JsonElement Playbook,
    [property: Description("The reason for the change, which the history shows.")] string? Reason = null,
    [property: Description("Who makes the change. The default is the name of the API key.")] string? Author = null);

/// <summary>Two entries that say the same.</summary>
/// <param name="Kept">The id of the entry that stays, with its evidence.</param>
/// <param name="Entry">The id of the entry that is merged into it; no session gets it any more.</param>
/// <param name="Reason">The reason for the change, which the history shows.</param>
/// <param name="Author">Who makes the change. The default is the name of the API key.</param>
internal sealed record MergeRequest(
    [property: Description("The id of the entry that stays, with its evidence.")] string Kept,
    [property: Description("The id of the entry that is merged into it; no session gets it any more.")] string Entry,
    [property: Description("The reason for the change, which the history shows.")] string? Reason = null,
    [property: Description("Who makes the change. The default is the name of the API key.")] string? Author = null);

/// <summary>A merged entry to restore.</summary>
/// <param name="Entry">The id of the entry that was merged into another.</param>
/// <param name="Reason">The reason for the change, which the history shows.</param>
/// <param name="Author">Who makes the change. The default is the name of the API key.</param>
internal sealed record UnmergeRequest(
    [property: Description("The id of the entry that was merged into another.")] string Entry,
    [property: Description("The reason for the change, which the history shows.")] string? Reason = null,
    [property: Description("Who makes the change. The default is the name of the API key.")] string? Author = null);
