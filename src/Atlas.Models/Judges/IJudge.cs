namespace Atlas.Models.Judges;

/// <summary>Scores finished sessions. Implement this interface to bring your own judge.</summary>
/// <remarks>All sessions of a process share a judge, and it is called for several of them concurrently, so it must not keep the state of a
/// call.</remarks>
public interface IJudge
{
    /// <summary>Gets the judge's name, for example <c>session_reward</c>. It goes into the records of the reward.</summary>
    string Name { get; }

    /// <summary>Judges a session. A judge that cannot tell returns no reward, with the reason; it never returns 0 instead.</summary>
    /// <param name="request">What the session did.</param>
    /// <param name="ct">Cancels the judging.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    Task<Judgement> JudgeAsync(JudgeRequest request, CancellationToken ct);
}
