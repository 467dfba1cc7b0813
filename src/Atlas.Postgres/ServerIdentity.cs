using System.Globalization;

namespace Atlas.Postgres;

/// <summary>The identity under which the server runs. PostgreSQL refuses to run as root.</summary>
/// <param name="Name">The name for messages.</param>
/// <param name="Prefix">The command prefix that runs a command under that identity.</param>
/// <param name="OwnerId">The required owner of the data as seen from outside, <c>uid:gid</c>; null to leave the ownership
/// unchanged.</param>
internal sealed record ServerIdentity(string Name, IReadOnlyList<string> Prefix, string? OwnerId)
{
    /// <summary>The caller itself, if it is not root.</summary>
    public static ServerIdentity Caller { get; } = new("the current user", [], null);

    /// <summary>A user namespace, in which root's files belong to a user with another number.</summary>
    public static ServerIdentity Namespace { get; } =
        new("root in a user namespace", ["unshare", "--user", "--map-user=1000", "--map-group=1000"], "0:0");

    /// <summary>Returns a system account that owns the data.</summary>
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
