"""Short documents as files of text, all invented, for the tests of commands."""

OVERVIEW_P = """\
Norwick Safeguarding Children Board

Serious Case Review

Child P

Overview Report

2011

Recommendations

1. Norwick Police should tell the school nurse of every incident of domestic abuse within two working days.

2. The Board should make sure that health visitors are trained to see the child alone.

3. Norwick Council should keep one record of all referrals for a family and share it with schools.
"""
"""An overview report of three recommendations."""

SUMMARY_Q = """\
Saltby Local Safeguarding Children Board

Serious Case Review

Child Q

Executive Summary

2014

Recommendations

1. Saltby Police should share information about domestic abuse with schools before they are asked.

2. Saltby Primary Care Trust should train all health visitors in seeing the child alone.
"""
"""An executive summary of two recommendations, each like one of `OVERVIEW_P`."""

NEWSPAPER = """\
Eastmere Advertiser

A quiet town remembers

The parade went through the town on Saturday. It rained, and nobody minded much.
"""
"""No review, and without recommendations."""
