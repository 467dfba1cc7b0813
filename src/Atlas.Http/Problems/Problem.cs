using System.Collections.Frozen;
using System.Text.Json;

namespace Atlas.Http.Problems;

/// <summary>Every refusal of the API: its stable name, the status it travels with, and what it means.</summary>
/// <param name="Code">The end of <c>type</c>, which is <c>urn:atlas:problem:CODE</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The kind of refusal in a few words; the same each time.</param>
public sealed record Problem(string Code, int Status, string Title)
{
    public static readonly Problem InvalidRequest = new("invalid-request", 400, "The request cannot be read");
    public static readonly Problem InvalidLearningKey = new("invalid-learning-key", 400, "This is no learning key");
    public static readonly Problem Unauthorized = new("unauthorized", 401, "A valid API key is needed");
    public static readonly Problem Forbidden = new("forbidden", 403, "The API key does not allow this");
    public static readonly Problem NotFound = new("not-found", 404, "There is nothing at this address");
    public static readonly Problem SessionNotFound = new("session-not-found", 404, "There is no such session");
    public static readonly Problem KeyNotFound = new("key-not-found", 404, "Nothing is known of this learning key");
    public static readonly Problem VersionNotFound = new("version-not-found", 404, "The learning key has no such version");
    public static readonly Problem MethodNotAllowed = new("method-not-allowed", 405, "The address takes another method");
    public static readonly Problem SessionEnded = new("session-ended", 409, "The session has ended");
    public static readonly Problem SessionRunning = new("session-running", 409, "The session has not ended");
    public static readonly Problem AlreadyRewarded = new("already-rewarded", 409, "The session has another reward");
    public static readonly Problem KeyFrozen = new("key-frozen", 409, "The learning key is frozen");
    public static readonly Problem KeyPinned = new("key-pinned", 409, "The learning key is pinned");
    public static readonly Problem KeyNotStaged = new("key-not-staged", 409, "The learning key is not staged");
    public static readonly Problem InProgress = new("request-in-progress", 409, "The same request is being carried out");
    public static readonly Problem PreconditionFailed = new("precondition-failed", 412, "The playbook has changed meanwhile");
    public static readonly Problem TooLarge = new("payload-too-large", 413, "The body is too large");
    public static readonly Problem UnsupportedMediaType = new("unsupported-media-type", 415, "The body is no JSON");
    public static readonly Problem Refused = new("refused", 422, "The request breaks a rule");
    public static readonly Problem IdempotencyMismatch = new("idempotency-key-reused", 422, "The Idempotency-Key belongs to another request");
    public static readonly Problem RateLimited = new("rate-limited", 429, "Too many requests");
    public static readonly Problem BudgetExhausted = new("budget-exhausted", 429, "The budget of the day does not suffice");
    public static readonly Problem Internal = new("internal", 500, "Something went wrong inside Atlas");
    public static readonly Problem Unavailable = new("unavailable", 503, "Atlas cannot do this now");

    /// <summary>All of them by status, for the documentation.</summary>
    public static FrozenDictionary<int, Problem[]> ByStatus { get; } = new[]
        {
            InvalidRequest, InvalidLearningKey, Unauthorized, Forbidden, NotFound, SessionNotFound, KeyNotFound, VersionNotFound, MethodNotAllowed, SessionEnded, SessionRunning, AlreadyRewarded,
            KeyFrozen, KeyPinned, KeyNotStaged, InProgress, PreconditionFailed, TooLarge, UnsupportedMediaType,
            Refused, IdempotencyMismatch, RateLimited, BudgetExhausted, Internal, Unavailable,
        }
        .GroupBy(problem => problem.Status).ToFrozenDictionary(same => same.Key, same => same.ToArray());

    public string Type => $"urn:atlas:problem:{Code}";

    public ProblemException With(string detail) => new(this, detail);

    public ProblemDetails Details(string detail) => new() { Type = Type, Title = Title, Status = Status, Detail = detail };

    /// <summary>Answers with this problem.</summary>
    public async Task WriteAsync(HttpContext context, string detail, int? retryAfterSeconds = null)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        if (retryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"Atlas\"";
        }

        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(Details(detail), ApiJson.Options), CancellationToken.None).ConfigureAwait(false);
    }
}

/// <summary>A request that is answered with a problem.</summary>
public sealed class ProblemException(Problem problem, string detail) : Exception(detail)
{
    /// <summary>Which problem.</summary>
    public Problem Problem { get; } = problem;

    public int? RetryAfterSeconds { get; init; }
}
