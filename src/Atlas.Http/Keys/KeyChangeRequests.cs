using System.ComponentModel;
using System.Text.Json;

namespace Atlas.Http.Keys;

/// <summary>Why a key is changed.</summary>
/// <param name="Reason">In your words; it goes into the history.</param>
/// <param name="Author">Who does it; left out, the name of the API key.</param>
internal sealed record SwitchRequest(
    [property: Description("Why, in your words; it goes into the history.")] string? Reason = null,
    [property: Description("Who does it; left out, the name of the API key.")] string? Author = null);

/// <summary>A change that is about one version.</summary>
/// <param name="Version">The version; 0 is the empty playbook before the first.</param>
/// <param name="Reason">In your words; it goes into the history.</param>
/// <param name="Author">Who does it; left out, the name of the API key.</param>
internal sealed record VersionRequest(
    [property: Description("The version; 0 is the empty playbook before the first.")] int Version,
    [property: Description("Why, in your words; it goes into the history.")] string? Reason = null,
    [property: Description("Who does it; left out, the name of the API key.")] string? Author = null);

/// <summary>Makes a version of a staged key current.</summary>
/// <param name="Version">The version; left out, the newest.</param>
/// <param name="Reason">In your words; it goes into the history.</param>
/// <param name="Author">Who does it; left out, the name of the API key.</param>
internal sealed record PromoteRequest(
    [property: Description("The version; left out, the newest.")] int? Version = null,
    [property: Description("Why, in your words; it goes into the history.")] string? Reason = null,
    [property: Description("Who does it; left out, the name of the API key.")] string? Author = null);

/// <summary>A playbook that becomes the newest version.</summary>
/// <param name="Playbook">The form of <c>document</c> of a version, and of <c>atlas playbook export</c>.</param>
/// <param name="Reason">In your words; it goes into the history.</param>
/// <param name="Author">Who does it; left out, the name of the API key.</param>
internal sealed record PlaybookRequest(
    [property: Description("The form of 'document' of a version, and of atlas playbook export.")] JsonElement Playbook,
    [property: Description("Why, in your words; it goes into the history.")] string? Reason = null,
    [property: Description("Who does it; left out, the name of the API key.")] string? Author = null);
