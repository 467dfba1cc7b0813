using Atlas.Contracts;
using Atlas.Domain;
using Atlas.Learning.Sessions;

namespace Atlas.Grains.Sessions;

/// <summary>The messages for callers that add something to a session that has ended.</summary>
internal static class EndedSession
{
    public static AtlasRefusedException Refusal(StoredSession session) => new(
        SessionLease.ReasonOf(session.Metadata ?? default) is { } lapsed
            ? $"Session {session.Id} is over. {lapsed} Nothing can be added to it."
            : $"Session {session.Id} has ended as {session.Status.ToWire()}; nothing can be added to it.");
}
