using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using Atlas.Storage.Learning;

namespace Atlas.Http.Proposals;

/// <summary>Entries to propose.</summary>
/// <param name="Entries">The entries, 1 to 500, each in the form of an entry of a playbook document.</param>
/// <param name="Source">Where the entries come from, such as the name of a file.</param>
internal sealed record ProposeRequest(
    [property: Description("The entries, 1 to 500, each in the form of an entry of a playbook document.")] JsonElement[] Entries,
    [property: Description("Where the entries come from, such as the name of a file.")] string? Source = null);

/// <summary>A decision on proposals.</summary>
/// <param name="Ids">The numbers of the proposals, 1 to 500.</param>
/// <param name="Accept"><c>true</c> accepts the entries into a new version, <c>false</c> declines them.</param>
/// <param name="Reason">The reason for the decision, which the history shows.</param>
internal sealed record DecideProposalsRequest(
    [property: Description("The numbers of the proposals, 1 to 500.")] long[] Ids,
    [property: Description("true accepts the entries into a new version, false declines them.")] bool Accept,
    string? Reason = null);

/// <summary>A page of proposals, oldest first.</summary>
/// <param name="Proposals">The proposals.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; null on the last page.</param>
internal sealed record ProposalPage(ImmutableArray<EntryProposal> Proposals, string? NextCursor);

/// <summary>The result of a decision on proposals.</summary>
/// <param name="Decided">The number of pending proposals that were decided.</param>
/// <param name="NotPending">The numbers of the proposals that were not pending: somebody else has decided on them, or the key does not
/// have them.</param>
/// <param name="Version">The newest version of the playbook.</param>
/// <param name="Current">The version that the next session gets; null if no version reaches prompts.</param>
internal sealed record DecideProposalsAnswer(int Decided, ImmutableArray<long> NotPending, int Version, int? Current);
