using Atlas.Grains.Playbooks;
using Atlas.Learning.Digest;
using Atlas.Learning.Redaction;
using Atlas.Learning.Sessions;
using Atlas.Queries;

namespace Atlas.Grains.Sessions;

/// <summary>Digests a session from its stored events if not all of them passed through this activation.</summary>
internal sealed class StoredDigests(SessionQueries queries, InjectedPlaybooks injected, SessionRedaction redaction)
{
    private const int Page = 500;

    public async Task<Learning.Digest.SessionDigest> ReadAsync(StoredSession session)
    {
        var builder = new DigestBuilder(session.Task, await injected.OfAsync(session), redaction.Redactor);
        for (var offset = 0; ; offset += Page)
        {
            var events = await queries.EventsAsync(session.Id, offset, Page);
            foreach (var stored in events)
            {
                builder.Add(stored.Event ?? default);
            }

            if (events.Length < Page)
            {
                return builder.Build();
            }
        }
    }
}
