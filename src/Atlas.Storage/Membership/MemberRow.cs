namespace Atlas.Storage.Membership;

/// <summary>A silo as the membership table has it.</summary>
/// <param name="Address">Its IP address.</param>
/// <param name="Port">Its port for other silos.</param>
/// <param name="Generation">Which of the silos that had this address.</param>
/// <param name="IsDead">Whether it left or was declared dead.</param>
/// <param name="WasPushed">Whether others declared it dead, or a newer one took its address: it may not know that it is dead.</param>
public sealed record MemberRow(string Address, int Port, int Generation, bool IsDead, bool WasPushed);
