using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using Atlas.Storage.Learning;

namespace Atlas.Http.Proposals;

/// <summary>Entries that are proposed.</summary>
/// <param name="Entries">Each an entry of a playbook document; 1 to 500.</param>
/// <param name="Source">Where they come from.</param>
internal sealed record ProposeRequest(
    [property: Description("Entries as a playbook document has them; 1 to 500.")] JsonElement[] Entries,
    [property: Description("Where they come from, say a file.")] string? Source = null);

/// <summary>What becomes of proposals.</summary>
/// <param name="Ids">Their numbers; 1 to 500.</param>
/// <param name="Accept">true puts them into a new version, false declines them.</param>
/// <param name="Reason">Why; it goes into the history.</param>
internal sealed record DecideProposalsRequest(
    [property: Description("Their numbers; 1 to 500.")] long[] Ids,
    [property: Description("true puts them into a new version, false declines them.")] bool Accept,
    string? Reason = null);

/// <summary>Proposals.</summary>
/// <param name="Proposals">The oldest first.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last one.</param>
internal sealed record ProposalPage(ImmutableArray<EntryProposal> Proposals, string? NextCursor);

/// <summary>What a decision on proposals led to.</summary>
/// <param name="Decided">How many waited and are decided now.</param>
/// <param name="Version">The newest version of the playbook.</param>
/// <param name="Current">The version that the next session is given; null if none reaches its prompts.</param>
internal sealed record DecideProposalsAnswer(int Decided, int Version, int? Current);
