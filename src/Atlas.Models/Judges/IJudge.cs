namespace Atlas.Models.Judges;

/// <summary>Gives a finished session its reward. Bring your own by implementing this.</summary>
/// <remarks>A judge is shared by all sessions of a process and called for several of them at once: it keeps nothing of a
/// call in itself.</remarks>
public interface IJudge
{
    /// <summary>The judge's name, say <c>session_reward</c>; goes into the records of the reward.</summary>
    string Name { get; }

    /// <summary>Judges one session. A judge that cannot tell gives no reward, with the reason; it never gives 0 for that.</summary>
    /// <param name="request">What the session did.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    Task<Judgement> JudgeAsync(JudgeRequest request, CancellationToken ct);
}
