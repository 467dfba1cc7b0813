using System.Globalization;

namespace Atlas.Postgres;

/// <summary>As whom the server runs. PostgreSQL refuses to run as root.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Prefix">What to put before a command so that it runs as that identity.</param>
/// <param name="OwnerId">Who has to own the data as seen from outside, <c>uid:gid</c>; null leaves the ownership alone.</param>
internal sealed record ServerIdentity(string Name, IReadOnlyList<string> Prefix, string? OwnerId)
{
    /// <summary>The caller itself, who is not root.</summary>
    public static ServerIdentity Caller { get; } = new("the current user", [], null);

    /// <summary>Root's files seen by a user of a namespace of its own, in which root has another number.</summary>
    public static ServerIdentity Namespace { get; } =
        new("root in a user namespace", ["unshare", "--user", "--map-user=1000", "--map-group=1000"], "0:0");

    /// <summary>An account of the system that owns the data.</summary>
    public static ServerIdentity Account(string name, int userId, int groupId, bool withSetpriv) => new(
        $"the user '{name}'",
        withSetpriv
            ? ["setpriv", "--reuid", Text(userId), "--regid", Text(groupId), "--clear-groups", "--"]
            : ["runuser", "-u", name, "--"],
        $"{Text(userId)}:{Text(groupId)}");

    public Task<ProcessAnswer> RunAsync(string program, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        string[] line = [.. Prefix, program, .. arguments];
        return ProcessRunner.RunAsync(line[0], line[1..], timeout, cancellationToken);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
